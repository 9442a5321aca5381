'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Today } from '#server/insights/queries/today.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import styles from './Changes.module.css'
import { useTodayWords } from './use-today-words.ts'

type Props = { changes: Today['changes']; today: LocalDay; minutesPerDay: number }

/** Up to three sentences of what changed beyond chance. */
export function Changes({ changes: { told, weighed, unclear }, today, minutesPerDay }: Props) {
  const t = useTranslations('today.changes')
  const { changeOf, untoldOf } = useTodayWords(today, minutesPerDay)
  return (
    <section className={styles.changes} aria-label={`${t('title')}: ${t('span')}`}>
      {told.length === 0 && <p className={styles.none}>{untoldOf({ weighed, unclear })}</p>}
      {told.map((change) => {
        const { kpi, agency, now, before, verdict, href } = change
        const Icon = (now.value ?? 0) < (before.value ?? 0) ? ArrowDown : ArrowUp
        const { head, line } = changeOf(change)
        return (
          <p key={`${kpi} ${agency?.id ?? ''}`} className={styles.change}>
            <span className={styles.name} data-verdict={verdict}>
              <Icon size={16} aria-hidden="true" />
              {head}
            </span>{' '}
            <DrillLink href={href} className={styles.open}>
              {line}
            </DrillLink>
            <span className={styles.span}>{t('span')}</span>
          </p>
        )
      })}
    </section>
  )
}
