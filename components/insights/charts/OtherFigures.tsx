'use client'

import { useTranslations } from 'next-intl'
import type { Board } from '#server/insights/rules/board.ts'
import type { KpiId } from '#server/insights/rules/definitions.ts'
import { kpiMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { DrillLink } from '../chart/DrillLink.tsx'
import { ChangeOf } from '../kpi/ChangeOf.tsx'
import { KpiNote } from '../kpi/KpiNote.tsx'
import { useNotReached } from '../kpi/use-not-reached.ts'
import styles from './OtherFigures.module.css'

/** In the order of a report's course: taken in, answered, closed, rated; then the cost of passing it on. */
const others = [
  'clearance',
  'intake_on_time',
  'commitments_kept',
  'intake_median',
  'intake_p90',
  'answered_in_3_days',
  'closed_in_5_days',
  'first_answer_p90',
  'close_p90',
  'close_calendar_median',
  'close_calendar_p90',
  'on_time_first',
  'extensions',
  'on_time_closed',
  'rating_response',
  'agency_changes_median',
] as const satisfies readonly KpiId[]

/** The figures without a card, each with its meaning: a table, as there is nothing to draw. */
export function OtherFigures({ board }: { board: Board }) {
  const t = useTranslations('board.others')
  const { header } = useBoardFrame()
  return (
    <ChartCard id="kpis" span={7} title={t('title')} unit={t('unit')} table={null}>
      <table className={styles.table} aria-label={t('title')}>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('value')}</th>
            <th scope="col" data-aside>
              {t('n')}
            </th>
            {header.compared && <th scope="col">{t('change')}</th>}
            <th scope="col" data-aside>
              {t('target')}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {others.map((id) => (
            <Row key={id} kpi={board.kpis[id]} isCompared={header.compared !== null} />
          ))}
        </tbody>
      </table>
    </ChartCard>
  )
}

function Row({ kpi, isCompared }: { kpi: Board['kpis'][KpiId]; isCompared: boolean }) {
  const t = useTranslations('board.kpi')
  const names = useTranslations('insights.kpis')
  const { words, hrefOf, shownOf } = useBoardFrame()
  const { besideOf } = useNotReached()
  const { id, n, notReached, numerator } = kpi
  const aim = words.aimOf(kpi)
  const marks = kpiMarks(kpi)
  const figure = shownOf(marks.figure)
  const name = names(`${id}.name`)
  const value = notReached ? besideOf(kpi) : figure.text
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-value>
        <DrillLink href={figure.href} label={t('open', { name, value, count: numerator })}>
          {value}
        </DrillLink>
      </td>
      <td data-aside>
        <DrillLink href={hrefOf(marks.denominator)} label={t('openDenominator', { count: n })}>
          {words.number(n)}
        </DrillLink>
      </td>
      {isCompared && (
        <td>
          <ChangeOf kpi={kpi} />
        </td>
      )}
      <td data-aside>{aim && [aim.target, aim.distance].filter(Boolean).join(', ')}</td>
      <td>
        <KpiNote kpi={kpi} />
      </td>
    </tr>
  )
}
