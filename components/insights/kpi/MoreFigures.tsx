'use client'

import { useTranslations } from 'next-intl'
import type { Board } from '#server/insights/rules/board.ts'
import type { HeadlineKpi } from '#server/insights/rules/definitions.ts'
import { useBoardFrame } from '../board-context.ts'
import { KpiCard } from './KpiCard.tsx'
import { Cohort, Fraction, Handled, Outcomes, Provisional } from './KpiParts.tsx'
import styles from './MoreFigures.module.css'
import { useNotReached } from './use-not-reached.ts'

type Props = { board: Board; onExplain: (kpi: HeadlineKpi) => void }

/** The headline figures below the main charts, with their parts. */
export function MoreFigures({ board, onExplain }: Props) {
  const t = useTranslations('board.kpi')
  const { words } = useBoardFrame()
  const { besideOf } = useNotReached()
  const { kpis } = board
  const card = (id: HeadlineKpi) => ({ kpi: kpis[id], onExplain: () => onExplain(id) })
  return (
    <section className={styles.row} aria-label={t('more')}>
      <KpiCard {...card('handled')} isWide aside={<Fraction kpi={kpis.handled} />}>
        <Handled board={board} />
        <Outcomes board={board} />
      </KpiCard>
      <KpiCard {...card('close_median')} aside={<Cohort kpi={kpis.close_median} />}>
        <p className={styles.more}>{t('p90', { value: besideOf(kpis.close_p90) })}</p>
        <p className={styles.more}>{t('calendar', { value: besideOf(kpis.close_calendar_median) })}</p>
      </KpiCard>
      <KpiCard {...card('reopened')} aside={<Fraction kpi={kpis.reopened} />}>
        <p className={styles.more}>
          {t('reopenedBy', {
            citizen: words.number(kpis.reopened_by_citizen.numerator),
            staff: words.number(kpis.reopened_by_staff.numerator),
          })}
          <Provisional until={kpis.reopened.provisionalUntil} />
        </p>
      </KpiCard>
    </section>
  )
}
