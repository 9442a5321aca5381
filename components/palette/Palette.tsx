'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type Ref, useEffect, useImperativeHandle, useMemo, useState } from 'react'
import { useSearch } from '#components/shell/SearchProvider.tsx'
import type { ShellView } from '#components/shell/shell-view.ts'
import { IconButton } from '#components/ui/IconButton.tsx'
import { Kbd } from '#components/ui/Kbd.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { Entry } from './entries.ts'
import { type Group, matchEntries, withFound } from './match.ts'
import styles from './Palette.module.css'
import { PaletteLine } from './PaletteLine.tsx'
import { noteRecent, recentOf } from './recent.ts'
import { type ActionEntry, useActionEntries } from './use-action-entries.ts'
import { useAroundEntries } from './use-around-entries.ts'
import { useChoices } from './use-choices.ts'
import { usePlaceEntries, useSettingEntries } from './use-place-entries.ts'
import { useReportEntries } from './use-report-entries.ts'

export type PaletteHandle = {
  /** Whether it was one of the keys of the list. */
  press: (key: string) => boolean
  /** From the choice for a command back to the commands. */
  back: () => void
}

/** The command whose input is being chosen, and what the box then asks for. */
export type PaletteStep = { label: string; asks: string }

type Props = {
  handle: Ref<PaletteHandle>
  id: string
  view: ShellView
  typed: string
  /** Whether the search in all reports is the first line, or what can be done here. */
  first: 'search' | 'commands'
  onSearch: (words: string) => void
  onSignOut: () => unknown
  /** The box is emptied for the next step. */
  onStep: (step: PaletteStep | null) => void
  /** The id of the line that Enter runs. */
  onActive: (id: string | undefined) => void
  onClose: () => void
}

/**
 * Below the search box: everything the desk can do, by name: the search for what was typed, actions available here and
 * now, pages, reports, settings. The focus stays in the box, which passes its keys on.
 */
export function Palette(props: Props) {
  const { handle, id, view, typed, first, onSearch, onSignOut, onStep, onActive, onClose } = props
  const t = useTranslations('palette')
  const toast = useToast()
  const { username } = view.account
  const mayRead = view.nav.includes('reports')
  const { isNarrowed } = useSearch()
  const [recent] = useState(() => recentOf(username))
  /** The id of the line the user moved to: lines that come meanwhile do not move it. Null: the first. */
  const [goneTo, setGoneTo] = useState<string | null>(null)
  const [action, setAction] = useState<ActionEntry | null>(null)
  const [confirming, setConfirming] = useState<string | null>(null)
  const [lastTyped, setLastTyped] = useState(typed)
  if (lastTyped !== typed) {
    setLastTyped(typed)
    setGoneTo(null)
    setConfirming(null)
  }

  const actions = useActionEntries()
  const places = usePlaceEntries(view)
  const settings = useSettingEntries(onSignOut)
  const { known, found, isSearching } = useReportEntries(action ? '' : typed, {
    mayRead,
    mayFindByPhone: view.mayFindByPhone,
  })
  const around = useAroundEntries(action ? '' : typed, mayRead)
  const choices = useChoices(action)

  const all: readonly Entry[] = action ? (choices ?? []) : [...actions, ...places, ...known, ...settings]
  const matched = useMemo(() => matchEntries(all, typed, recent), [all, typed, recent])
  const words = typed.trim()
  const groups = useMemo((): Group[] => {
    if (action || words === '') return matched
    // Results of the server need not have the words in their title: they are listed below the local results.
    const listed = withFound(withFound(matched, 'places', around, typed), 'reports', found, typed)
    if (!mayRead) return listed
    const run = () => onSearch(words)
    const label = t(isNarrowed ? 'searchFiltered' : 'searchFor', { typed: words })
    const entry: Entry = { id: 'search', section: 'reports', label, run }
    const search: Group = { section: 'search', matches: [{ entry, marks: [] }] }
    return first === 'search' ? [search, ...listed] : [...listed, search]
  }, [action, matched, around, found, typed, words, mayRead, isNarrowed, first, onSearch, t])
  const lines = groups.flatMap(({ matches }) => matches)
  const at = Math.max(
    0,
    lines.findIndex(({ entry }) => entry.id === goneTo),
  )
  const current = lines[at]?.entry
  const isLoading = action !== null && choices === undefined

  const activeId = current ? `${id}-${at}` : undefined
  useEffect(() => {
    onActive(activeId)
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId, onActive])

  useEffect(() => () => onActive(undefined), [onActive])

  const stepTo = (next: ActionEntry | null) => {
    setAction(next)
    onStep(next?.choice ? { label: next.label, asks: t(`choose.${next.choice.kind}`) } : null)
  }
  const go = (by: number) => {
    if (lines.length === 0) return
    setGoneTo(lines[(at + by + lines.length) % lines.length]?.entry.id ?? null)
    setConfirming(null)
  }
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    if (entry.more) return stepTo(entry as ActionEntry)
    if (entry.confirm && confirming !== entry.id) return setConfirming(entry.id)
    if (entry.id !== 'search') noteRecent(username, action?.id ?? entry.id)
    onClose()
    // By now the focus is back where it was, and what the entry opens gets the keys.
    setTimeout(() => {
      if (entry.run() === false) toast({ text: t('cannot', { label: entry.label }), key: 'palette' })
    })
  }
  const press = (key: string): boolean => {
    if (key === 'ArrowDown') go(1)
    else if (key === 'ArrowUp') go(-1)
    else if (key === 'Enter') run(current)
    else if (action && (key === 'Escape' || (key === 'Backspace' && typed === ''))) stepTo(null)
    else return false
    return true
  }
  useImperativeHandle(handle, () => ({ press, back: () => stepTo(null) }))

  let line = -1
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the focus in the box during a press
    <div className={styles.palette} role="presentation" onMouseDown={(event) => event.preventDefault()}>
      <div id={id} role="listbox" className={styles.list} aria-label={t('title')}>
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
          <p>{isLoading ? t('loading') : isSearching ? t('searching') : t('none', { typed: words })}</p>
          {action && !isLoading && <p className={styles.advice}>{t('adviceChoice')}</p>}
        </div>
      )}
      <footer className={styles.foot}>
        <span aria-hidden="true" className={styles.keys}>
          <span>
            <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('hint.move')}
          </span>
          <span>
            <Kbd>Enter</Kbd> {t('hint.run')}
          </span>
          <span>
            <Kbd>Esc</Kbd> {t(action ? 'hint.back' : 'hint.close')}
          </span>
          {isSearching && lines.length > 0 && <span className={styles.searching}>{t('searching')}</span>}
        </span>
        <span className={styles.close}>
          <IconButton label={t('close')} onClick={onClose} tabIndex={-1}>
            <X />
          </IconButton>
        </span>
      </footer>
      <VisuallyHidden>
        <span role="status">
          {confirming && current ? t('confirm', { label: current.label }) : t('found', { count: lines.length })}
        </span>
      </VisuallyHidden>
    </div>
  )
}
