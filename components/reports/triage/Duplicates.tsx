'use client'

import { useTranslations } from 'next-intl'
import { type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { restEnter } from '#components/keyboard/rest-enter.ts'
import { strokeOf } from '#components/keyboard/strokes.ts'
import { useDuplicateWords } from '#components/reports/duplicates/use-duplicate-words.ts'
import { Button } from '#components/ui/Button.tsx'
import { Kbd } from '#components/ui/Kbd.tsx'
import { KeyWords } from '#components/ui/KeyWords.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import type { LikelyDuplicate } from '#server/reports/queries/duplicates.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './Duplicates.module.css'

type Props = {
  report: ReportView
  found: readonly LikelyDuplicate[]
  isPending: boolean
  /** A digit chooses the report that this one is merged into. */
  isPicking: boolean
  onPick: (into: LikelyDuplicate) => void
  /** The canonical report is none of these: searches for it by code or words. */
  onOther: () => void
  onLeave: () => void
}

/** Likely duplicates, the likeliest first. After `2` a digit, or an arrow and Enter, merges into one of them. */
export function Duplicates({ report, found, isPending, isPicking, onPick, onOther, onLeave }: Props) {
  const t = useTranslations('triage.duplicates')
  const id = useId()
  return (
    <section className={styles.duplicates} data-picking={isPicking || undefined} aria-labelledby={`${id}-title`}>
      <SectionLabel as="h3" id={`${id}-title`} {...(found.length > 0 && { count: found.length })}>
        {t('title')}
      </SectionLabel>
      {report.point === null && <p className={styles.note}>{t('noPoint')}</p>}
      {isPending && <Skeleton height={64} />}
      {!isPending && report.point !== null && found.length === 0 && <p className={styles.note}>{t('none')}</p>}
      {isPicking ? (
        <Picker report={report} found={found} onPick={onPick} onOther={onOther} onLeave={onLeave} />
      ) : (
        <ol className={styles.list}>
          {found.map((each, at) => (
            <li key={each.id} className={styles.item}>
              <Kbd>{String(at + 1)}</Kbd>
              <div className={styles.words}>
                <a
                  href={`/reports/${each.code}`}
                  target="_blank"
                  rel="noopener noreferrer"
                  className={styles.title}
                  lang="vi"
                >
                  {each.title}
                </a>
                <About each={each} report={report} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function About({ each, report }: { each: LikelyDuplicate; report: ReportView }) {
  const t = useTranslations('triage.duplicates')
  const wordsOf = useDuplicateWords()
  const words = useTranslations('reports.states')
  return (
    <span className={styles.about}>
      <WholeCodes>{each.code}</WholeCodes> · {wordsOf(each, report.receivedAt)} ·{' '}
      <StatusChip status={each.state} variant="plain">
        {words(each.state)}
      </StatusChip>
      {each.mergedCount > 0 && ` · ${t('merged', { count: each.mergedCount })}`}
    </span>
  )
}

type PickerProps = Pick<Props, 'report' | 'onPick' | 'onOther' | 'onLeave'> & { found: readonly LikelyDuplicate[] }

function Picker({ report, found, onPick, onOther, onLeave }: PickerProps) {
  const t = useTranslations('triage.duplicates')
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  // As it was when the user reached for the digits: a list that is ranked again must not move under their fingers.
  const [offered] = useState(found)
  const [at, setAt] = useState(0)
  useEffect(() => {
    list.current?.focus({ preventScroll: true })
    list.current?.parentElement?.scrollIntoView({ block: 'nearest' })
  }, [])

  const press = (event: KeyboardEvent) => {
    const stroke = strokeOf(event.nativeEvent)
    if (stroke === null || event.nativeEvent.isComposing) return
    const digit = /^[1-9]$/.test(stroke) ? offered[Number(stroke) - 1] : undefined
    if (digit) onPick(digit)
    else if (stroke === 'ArrowDown' || stroke === 'j') setAt(Math.min(offered.length - 1, at + 1))
    else if (stroke === 'ArrowUp' || stroke === 'k') setAt(Math.max(0, at - 1))
    else if (stroke === 'Enter' && offered[at]) {
      restEnter()
      onPick(offered[at])
    } else if (stroke === '0' || stroke === '/') onOther()
    else if (stroke === 'Escape') onLeave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const blur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) onLeave()
  }
  return (
    <fieldset className={styles.picker} data-own-keys onKeyDown={press} onBlur={blur}>
      <p id={`${id}-hint`} className={styles.hint}>
        {t('pick', { count: offered.length })} <KeyWords>{t('pickKeys', { last: offered.length })}</KeyWords>
      </p>
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        className={styles.list}
        aria-label={t('into')}
        aria-describedby={`${id}-hint`}
        aria-activedescendant={`${id}-${at}`}
      >
        {offered.map((each, i) => (
          <button
            type="button"
            key={each.id}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            className={styles.option}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(each)}
          >
            <Kbd>{String(i + 1)}</Kbd>
            <span className={styles.words}>
              <span className={styles.title} lang="vi">
                {each.title}
              </span>
              <About each={each} report={report} />
            </span>
          </button>
        ))}
      </div>
      <div className={styles.others}>
        <Button size="small" onPointerDown={(event) => event.preventDefault()} onClick={onOther}>
          {t('other')} <Kbd>0</Kbd>
        </Button>
        <Button size="small" variant="quiet" onClick={onLeave}>
          {t('leave')} <Kbd>Esc</Kbd>
        </Button>
      </div>
    </fieldset>
  )
}
