'use client'

import { ChevronLeft, Search, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { ShellView } from '#components/shell/shell-view.ts'
import { Kbd } from '#components/ui/Kbd.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { Entry } from './entries.ts'
import { marksOfWords, matchEntries } from './match.ts'
import styles from './Palette.module.css'
import { PaletteLine } from './PaletteLine.tsx'
import { noteRecent, recentOf } from './recent.ts'
import { type ActionEntry, useActionEntries } from './use-action-entries.ts'
import { useChoices } from './use-choices.ts'
import { usePlaceEntries, useSettingEntries } from './use-place-entries.ts'
import { useReportEntries } from './use-report-entries.ts'

type Props = { view: ShellView; onSignOut: () => unknown; onClose: () => void }

/** Everything the desk can do, by name: actions available here and now, pages, reports, settings. */
export function Palette({ view, onSignOut, onClose }: Props) {
  const t = useTranslations('palette')
  const id = useId()
  const toast = useToast()
  const dialog = useRef<HTMLDialogElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const { username } = view.account
  const [recent] = useState(() => recentOf(username))
  const [typed, setTyped] = useState('')
  /** The id of the line the user moved to: lines that come meanwhile do not move it. Null: the first. */
  const [goneTo, setGoneTo] = useState<string | null>(null)
  /** The command whose input is being chosen. */
  const [action, setAction] = useState<ActionEntry | null>(null)
  const [confirming, setConfirming] = useState<string | null>(null)

  const actions = useActionEntries()
  const places = usePlaceEntries(view)
  const settings = useSettingEntries(onSignOut)
  const { known, found, isSearching } = useReportEntries(action ? '' : typed, {
    mayRead: view.nav.includes('reports'),
    mayFindByPhone: view.mayFindByPhone,
  })
  const choices = useChoices(action)

  const all: readonly Entry[] = action ? (choices ?? []) : [...actions, ...places, ...known, ...settings]
  const matched = useMemo(() => matchEntries(all, typed, recent), [all, typed, recent])
  // Results of the server need not have the words in their title: they are listed below the local results.
  const groups = useMemo(
    () => (action || found.length === 0 || typed.trim() === '' ? matched : withFound(matched, found, typed)),
    [action, matched, found, typed],
  )
  const lines = groups.flatMap(({ matches }) => matches)
  const at = Math.max(
    0,
    lines.findIndex(({ entry }) => entry.id === goneTo),
  )
  const current = lines[at]?.entry
  const advice = action ? 'adviceChoice' : view.nav.includes('reports') ? 'advice' : null
  const isLoading = action !== null && choices === undefined

  useEffect(() => {
    const before = document.activeElement
    if (dialog.current?.open === false) dialog.current.showModal()
    input.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])

  const type = (text: string) => {
    setTyped(text)
    setGoneTo(null)
    setConfirming(null)
  }
  const back = () => {
    if (!action) return onClose()
    setAction(null)
    type('')
  }
  const go = (by: number) => {
    if (lines.length === 0) return
    setGoneTo(lines[(at + by + lines.length) % lines.length]?.entry.id ?? null)
    setConfirming(null)
  }
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    if (entry.more) {
      setAction(entry as ActionEntry)
      return type('')
    }
    if (entry.confirm && confirming !== entry.id) return setConfirming(entry.id)
    noteRecent(username, action?.id ?? entry.id)
    onClose()
    // By now the focus is back where it was, and what the entry opens gets the keys.
    setTimeout(() => {
      if (entry.run() === false) toast({ text: t('cannot', { label: entry.label }), key: 'palette' })
    })
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const isOwnKey = (event.ctrlKey || event.metaKey) && event.code === 'KeyK'
    if (isOwnKey) onClose()
    else if (event.ctrlKey || event.metaKey || event.altKey) return
    else if (event.key === 'ArrowDown') go(1)
    else if (event.key === 'ArrowUp') go(-1)
    else if (event.key === 'Enter') run(current)
    else if (event.key === 'Escape') back()
    else if (event.key === 'Backspace' && typed === '' && action) back()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  let line = -1
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the palette closes it; Esc does the same
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={t('title')}
      data-own-keys
      onCancel={(event) => {
        event.preventDefault()
        back()
      }}
      onClick={({ target }) => target === dialog.current && onClose()}
    >
      <div className={styles.frame}>
        <div className={styles.field}>
          {action ? (
            <button type="button" className={styles.step} onClick={back} tabIndex={-1}>
              <ChevronLeft size={14} aria-hidden="true" />
              {action.label}
            </button>
          ) : (
            <Search size={18} className={styles.glass} aria-hidden="true" />
          )}
          <input
            ref={input}
            className={styles.input}
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={`${id}-list`}
            aria-activedescendant={current ? `${id}-${at}` : undefined}
            aria-label={action?.choice ? t(`choose.${action.choice.kind}`) : t('placeholder')}
            placeholder={action?.choice ? t(`choose.${action.choice.kind}`) : t('placeholder')}
            value={typed}
            onChange={(event) => type(event.target.value)}
            onKeyDown={press}
            autoComplete="off"
            spellCheck={false}
          />
          <button type="button" className={styles.close} onClick={onClose} tabIndex={-1}>
            <VisuallyHidden>{t('close')}</VisuallyHidden>
            <Kbd>Esc</Kbd>
            <X size={20} className={styles.cross} aria-hidden="true" />
          </button>
        </div>
        <div id={`${id}-list`} role="listbox" className={styles.list} aria-label={t('title')}>
          {groups.map(({ section, matches }) => (
            // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox is no fieldset
            <div key={section} role="group" aria-labelledby={`${id}-${section}`} className={styles.group}>
              <div id={`${id}-${section}`} className={styles.heading} role="presentation">
                {action?.choice ? t(`choose.${action.choice.kind}`) : t(`sections.${section}`)}
              </div>
              {matches.map((match) => {
                line++
                const place = line
                return (
                  <PaletteLine
                    key={match.entry.id}
                    id={`${id}-${place}`}
                    match={match}
                    isActive={match.entry === current}
                    isConfirming={confirming === match.entry.id}
                    onPoint={() => place !== at && setGoneTo(match.entry.id)}
                    onChoose={() => run(match.entry)}
                  />
                )
              })}
            </div>
          ))}
        </div>
        {lines.length === 0 && (
          <div className={styles.nothing}>
            <p>{isLoading ? t('loading') : isSearching ? t('searching') : t('none', { typed: typed.trim() })}</p>
            {!isLoading && !isSearching && advice && <p className={styles.advice}>{t(advice)}</p>}
          </div>
        )}
        <footer className={styles.foot} aria-hidden="true">
          <span>
            <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('hint.move')}
          </span>
          <span>
            <Kbd>Enter</Kbd> {t('hint.run')}
          </span>
          {action && (
            <span>
              <Kbd>Esc</Kbd> {t('hint.back')}
            </span>
          )}
          {isSearching && lines.length > 0 && <span className={styles.searching}>{t('searching')}</span>}
        </footer>
        <VisuallyHidden>
          <span role="status">
            {confirming && current ? t('confirm', { label: current.label }) : t('found', { count: lines.length })}
          </span>
        </VisuallyHidden>
      </div>
    </dialog>
  )
}

type Groups = ReturnType<typeof matchEntries>

function withFound(groups: Groups, found: readonly Entry[], typed: string): Groups {
  const more = found.map((entry) => ({ entry, marks: marksOfWords(entry.label, typed) }))
  const isThere = groups.some(({ section }) => section === 'reports')
  if (!isThere) return [...groups, { section: 'reports', matches: more }]
  return groups.map((group) =>
    group.section === 'reports' ? { ...group, matches: [...group.matches, ...more] } : group,
  )
}
