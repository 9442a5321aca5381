'use client'

import { useTranslations } from 'next-intl'
import type { Board } from '#server/insights/rules/board.ts'
import type { HeadlineKpi, KpiId } from '#server/insights/rules/definitions.ts'
import { useBoardFrame } from '../board-context.ts'
import { KpiCard } from './KpiCard.tsx'
import {
  Cohort,
  CountedStates,
  Fraction,
  Handled,
  MaturedLine,
  Oldest,
  Outcomes,
  Provisional,
  Satisfaction,
} from './KpiParts.tsx'
import styles from './KpiRow.module.css'

type Props = { board: Board; onExplain: (kpi: HeadlineKpi) => void }

/** The eight headline figures. */
export function KpiRow({ board, onExplain }: Props) {
  const t = useTranslations('board.kpi')
  const { words } = useBoardFrame()
  const { kpis } = board
  const card = (id: HeadlineKpi) => ({ kpi: kpis[id], onExplain: () => onExplain(id) })
  /** A figure shown beside another, or why there is none. */
  const beside = (id: KpiId): string => {
    const kpi = kpis[id]
    const { value, notReached, unit } = kpi
    return value === null && notReached
      ? t('notReachedOf', { open: words.number(notReached.open), of: words.number(notReached.of) })
      : words.figureOf(kpi, unit)
  }
  return (
    <section className={styles.row} aria-label={t('label')}>
      <KpiCard {...card('handled')} isWide aside={<Fraction kpi={kpis.handled} />}>
        <Handled board={board} />
        <Outcomes board={board} />
        <MaturedLine kpi={kpis.handled} />
      </KpiCard>
      <KpiCard {...card('received')} aside={t('clearance', { share: beside('clearance') })} />
      <KpiCard {...card('on_time')} aside={<Fraction kpi={kpis.on_time} />}>
        <p className={styles.more}>{t('firstDue', { share: beside('on_time_first') })}</p>
      </KpiCard>
      <KpiCard {...card('first_answer_median')} aside={<Cohort kpi={kpis.first_answer_median} />}>
        <p className={styles.more}>{t('p90', { value: beside('first_answer_p90') })}</p>
      </KpiCard>
      <KpiCard {...card('backlog')} isWide aside={<Oldest board={board} />}>
        <CountedStates board={board} />
      </KpiCard>
      <KpiCard {...card('close_median')} aside={<Cohort kpi={kpis.close_median} />}>
        <p className={styles.more}>{t('p90', { value: beside('close_p90') })}</p>
        <p className={styles.more}>{t('calendar', { value: beside('close_calendar_median') })}</p>
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
      <KpiCard {...card('satisfaction')} aside={<Fraction kpi={kpis.satisfaction} />}>
        <Satisfaction board={board} />
      </KpiCard>
    </section>
  )
}
