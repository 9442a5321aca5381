'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Today } from '#server/insights/queries/today.ts'
import { definitions } from '#server/insights/rules/definitions.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { useFigureWords } from '../use-figure-words.ts'
import styles from './Changes.module.css'

type Props = { changes: Today['changes']; minutesPerDay: number }

/** Up to three sentences of what changed beyond chance. */
export function Changes({ changes: { told, weighed, unclear }, minutesPerDay }: Props) {
  const t = useTranslations('today.changes')
  const names = useTranslations('insights.kpis')
  const said = useTranslations('board.change')
  const { figureOf } = useFigureWords(minutesPerDay)
  return (
    <section className={styles.changes} aria-label={`${t('title')}: ${t('span')}`}>
      {told.length === 0 && (
        <p className={styles.none}>{t(weighed === 0 ? 'tooFew' : unclear === weighed ? 'none' : 'amongRisks')}</p>
      )}
      {told.map(({ kpi, agency, now, before, verdict, href }) => {
        const Icon = (now.value ?? 0) < (before.value ?? 0) ? ArrowDown : ArrowUp
        const name = names(`${kpi}.name`)
        return (
          <p key={`${kpi} ${agency?.id ?? ''}`} className={styles.change}>
            <span className={styles.name} data-verdict={verdict}>
              <Icon size={16} aria-hidden="true" />
              {agency ? t('of', { what: name, agency: agency.name }) : name} {said(verdict)}.
            </span>{' '}
            <DrillLink href={href} className={styles.open}>
              {t('line', {
                now: figureOf(now, definitions[kpi].unit),
                before: figureOf(before, definitions[kpi].unit),
              })}
            </DrillLink>
            <span className={styles.span}>{t('span')}</span>
          </p>
        )
      })}
    </section>
  )
}
