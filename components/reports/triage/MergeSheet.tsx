'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FocusEvent, type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { isTextField } from '#components/keyboard/places.ts'
import { restEnter } from '#components/keyboard/rest-enter.ts'
import { strokeOf } from '#components/keyboard/strokes.ts'
import { ReportField } from '#components/reports/moves/ReportField.tsx'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { Kbd } from '#components/ui/Kbd.tsx'
import { KeyWords } from '#components/ui/KeyWords.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { CandidateCard } from './CandidateCard.tsx'
import styles from './MergeSheet.module.css'
import type { Picking } from './use-picking.ts'

export type Into = { id: number; code: string }
type Props = {
  report: ReportView
  picking: Picking
  /** Whether there was a place to compare by; null while that is being looked up. */
  isComparable: boolean | null
  /** Whether it has its own title and close button. */
  isTitled: boolean
  /** It stands beside the report, which can be looked at while a duplicate is being chosen. */
  isBeside: boolean
  onPick: (into: Into) => void
  onLeave: () => void
}

/**
 * The likely duplicates side by side. Once a duplicate is being chosen, a digit or an arrow points at one, Enter merges
 * into it, and any other report can be searched for.
 */
export function MergeSheet({ report, picking, isComparable, isTitled, isBeside, onPick, onLeave }: Props) {
  const t = useTranslations('triage.duplicates')
  const id = useId()
  const { isPicking, offered, at, point } = picking
  const list = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLDivElement>(null)
  /** Found by the search; `none` while something is typed that has not been found or chosen. */
  const [searched, setSearched] = useState<Into | 'none' | null>(null)
  const candidate = searched === null ? (offered[at] ?? null) : null
  const into = searched === 'none' ? null : (searched ?? candidate)
  const hasAny = offered.length > 0

  useEffect(() => {
    if (!isPicking) return setSearched(null)
    if (hasAny && document.activeElement !== inputIn(search.current)) list.current?.focus({ preventScroll: true })
  }, [isPicking, hasAny])

  const merge = () => {
    // In the search, Enter is about what is searched for.
    if (!into || (candidate && document.activeElement === inputIn(search.current))) return
    restEnter()
    onPick(into)
  }
  const press = (event: KeyboardEvent) => {
    const stroke = strokeOf(event.nativeEvent)
    if (stroke === null || event.nativeEvent.isComposing) return
    const isTyping = search.current?.contains(event.target as Node) ?? false
    const digit = /^[1-9]$/.test(stroke) ? offered[Number(stroke) - 1] : undefined
    if (stroke === 'Escape') onLeave()
    else if (isTyping) return
    else if (digit) point(offered.indexOf(digit))
    else if (['ArrowDown', 'ArrowRight', 'j'].includes(stroke)) point(at + 1)
    else if (['ArrowUp', 'ArrowLeft', 'k'].includes(stroke)) point(at - 1)
    else if (stroke === 'Enter' && event.target === list.current) merge()
    else if (stroke === '0') onLeave()
    else if (stroke === '/') inputIn(search.current)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const blur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget && !currentTarget.contains(relatedTarget)) onLeave()
  }
  // Beside the report, its keys work from the report too.
  useEffect(() => {
    if (!isPicking || !isBeside) return
    const listen = (event: globalThis.KeyboardEvent) => {
      const { target } = event
      if (event.defaultPrevented || !(target instanceof Element)) return
      if (isTextField(target) || target.closest('dialog,[role="dialog"],[role="menu"],[data-own-keys]')) return
      const stroke = strokeOf(event) ?? ''
      if (stroke === 'Escape' || stroke === '0') onLeave()
      else if (/^[1-9]$/.test(stroke) && offered.length >= Number(stroke)) {
        point(Number(stroke) - 1)
        list.current?.focus({ preventScroll: true })
      } else return
      event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    merge()
  }
  return (
    <section className={styles.sheet} aria-labelledby={`${id}-title`} data-picking={isPicking || undefined}>
      <header className={isTitled ? styles.header : styles.bare}>
        <h3 id={`${id}-title`} className={styles.heading} hidden={!isTitled}>
          {t(isPicking ? 'which' : 'title')}
        </h3>
        <p className={styles.found} id={`${id}-found`}>
          {(hasAny || isComparable) && t('found', { count: offered.length })}
          {!hasAny && isComparable === false && t('notComparable')}
        </p>
        {isPicking && isTitled && (
          <IconButton label={t('leave')} className={styles.close ?? ''} onClick={onLeave}>
            <X />
          </IconButton>
        )}
      </header>
      <form
        className={styles.picker}
        {...(isPicking && { 'data-own-keys': true, onKeyDown: press, ...(!isBeside && { onBlur: blur }) })}
        onSubmit={submit}
      >
        <div className={styles.scroll}>
          {hasAny && (
            <div
              ref={list}
              role="listbox"
              tabIndex={0}
              onFocus={() => !isPicking && picking.start()}
              className={styles.cards}
              aria-label={t('into')}
              aria-orientation="horizontal"
              aria-describedby={`${id}-found`}
              aria-activedescendant={isPicking ? `${id}-${at}` : undefined}
            >
              {offered.map((each, i) => (
                <CandidateCard
                  key={each.id}
                  id={`${id}-${i}`}
                  digit={i + 1}
                  report={report}
                  candidate={each}
                  isChosen={isPicking && searched === null && i === at}
                  onChoose={() => {
                    point(i)
                    setSearched(null)
                    if (!isPicking) picking.start()
                  }}
                />
              ))}
            </div>
          )}
          {isPicking && (
            <div ref={search} className={styles.search}>
              <ReportField
                report={report}
                label={t('other')}
                required={false}
                value={searched && searched !== 'none' ? searched.id : 0}
                offersLikely={false}
                autoFocus={!hasAny}
                onChange={(otherId, code) =>
                  setSearched(otherId && code ? { id: otherId, code } : inputIn(search.current)?.value ? 'none' : null)
                }
              />
            </div>
          )}
          {isPicking && into && (
            <p className={styles.effect}>
              {t.rich('effect', {
                code: into.code,
                people: candidate ? peopleOf(candidate) + report.citizens : 0,
                seconds: report.windows.undoSeconds,
                strong: (words) => <strong>{words}</strong>,
              })}
            </p>
          )}
        </div>
        {isPicking && (
          <footer className={styles.footer}>
            <Button type="submit" variant="primary" size="large" reason={into ? undefined : t('chooseFirst')}>
              {candidate
                ? t('mergeIntoNumber', { at: at + 1 })
                : into
                  ? t('mergeInto', { code: into.code })
                  : t('merge')}
              <Kbd tone="inherit">Enter</Kbd>
            </Button>
            <Button size="large" onClick={onLeave}>
              {t('notSame')} <Kbd>0</Kbd>
            </Button>
            {offered.length > 1 && (
              <KeyWords>
                <span className={styles.keys}>
                  {offered.map(({ id: each }, i) => (
                    <Kbd key={each}>{String(i + 1)}</Kbd>
                  ))}
                  {t('choose')}
                </span>
              </KeyWords>
            )}
          </footer>
        )}
      </form>
    </section>
  )
}

const peopleOf = ({ mergedCount, linkedCount }: { mergedCount: number; linkedCount: number }) =>
  1 + mergedCount + linkedCount

const inputIn = (part: HTMLElement | null) => part?.querySelector('input')
