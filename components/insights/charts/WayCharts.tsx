'use client'

import { useTranslations } from 'next-intl'
import type { Board, Charts } from '#server/insights/rules/board.ts'
import { fractionBelow, type KpiId } from '#server/insights/rules/definitions.ts'
import { forwardingMarks, holdingPeriodMarks, kpiMarks, moveMark } from '#server/insights/rules/marks.ts'
import { type ReportState, reportStates } from '#server/reports/rules/lifecycle.ts'
import { useBoardFrame } from '../board-context.ts'
import { BarRows } from '../chart/BarRows.tsx'
import { ChartCard } from '../chart/ChartCard.tsx'
import { DrillLink } from '../chart/DrillLink.tsx'
import { HeatTable } from '../chart/HeatTable.tsx'
import styles from './WayCharts.module.css'

/** How often reports went from one state to another: rows are the old state, columns the new one. */
export function MovesChart({ moves }: { moves: Charts['moves'] }) {
  const t = useTranslations('board.moves')
  const states = useTranslations('reports.states')
  const { words, shownOf } = useBoardFrame()
  const among = (side: 'from' | 'to') => reportStates.filter((state) => moves.some((move) => move[side] === state))
  const cellOf = (from: ReportState, to: ReportState) => {
    const move = moves.find((each) => each.from === from && each.to === to)
    return {
      value: move?.count ?? 0,
      name: t('cell', { from: states(from), to: states(to) }),
      ...(move ? shownOf(moveMark(move)) : { text: '', href: null }),
    }
  }
  const [whence, whither] = [among('from'), among('to')]
  const sorted = [...moves].sort((a, b) => b.count - a.count)
  return (
    <ChartCard
      id="moves"
      span={12}
      title={t('title')}
      finding={
        sorted[0] !== undefined &&
        t('finding', { from: states(sorted[0].from), to: states(sorted[0].to), count: sorted[0].count })
      }
      unit={t('unit')}
      empty={moves.length === 0 && t('empty')}
      table={{
        heading: t('heading'),
        columns: [
          { key: 'count', label: t('count') },
          { key: 'reports', label: t('reports') },
        ],
        rows: sorted.map((move) => ({
          key: `${move.from}-${move.to}`,
          heading: t('cell', { from: states(move.from), to: states(move.to) }),
          cells: [shownOf(moveMark(move)), { text: words.number(move.reports) }],
        })),
      }}
    >
      <div className={styles.matrix}>
        <HeatTable
          label={t('title')}
          columns={whither.map((state) => ({ key: state, label: states(state), name: states(state) }))}
          rows={whence.map((from) => ({
            key: from,
            label: states(from),
            cells: whither.map((to) => cellOf(from, to)),
          }))}
        />
      </div>
    </ChartCard>
  )
}

/** For how long agencies hold reports before they pass them on or close them. */
export function HoldingPeriodsChart({ holdingPeriods }: { holdingPeriods: Charts['holdingPeriods'] }) {
  const t = useTranslations('board.stays')
  const { header, words, shownOf } = useBoardFrame()
  // One long holding period is no habit: agencies with few come last.
  const isFew = ({ holdingPeriods: count }: Charts['holdingPeriods'][number]) => count < fractionBelow
  const sorted = [...holdingPeriods].sort((a, b) => Number(isFew(a)) - Number(isFew(b)) || b.median - a.median)
  const many = holdingPeriods.filter((row) => !isFew(row))
  const long = many.filter(({ median }) => median > header.minutesPerDay)
  const shown = sorted.slice(0, 10)
  const greatest = Math.max(1, ...shown.map(({ median }) => median))
  return (
    <ChartCard
      id="stays"
      title={t('title')}
      finding={many.length > 0 && t('finding', { count: long.length, of: many.length })}
      unit={t('unit')}
      empty={holdingPeriods.length === 0 && t('empty')}
      table={{
        heading: t('heading'),
        columns: [
          { key: 'median', label: t('median') },
          { key: 'stays', label: t('stays') },
          { key: 'total', label: t('total') },
        ],
        rows: sorted.map((row) => {
          const { count, median } = holdingPeriodMarks(row)
          const total = { text: words.durationOf(row.minutes, 'working_minutes') }
          return {
            key: row.agency.id,
            heading: row.agency.name,
            cells: [{ text: words.textOf(median) }, shownOf(count), total],
          }
        }),
      }}
    >
      <BarRows
        label={t('title')}
        rows={shown.map((row) => ({
          key: row.agency.id,
          label: row.agency.name,
          share: row.median / greatest,
          note: t('n', { count: words.number(row.holdingPeriods) }),
          ...shownOf(holdingPeriodMarks(row).median),
        }))}
      />
    </ChartCard>
  )
}

const burdens = ['forwarded', 'changed_twice', 'ping_pong'] as const satisfies readonly KpiId[]

/** How many reports are first assigned to the wrong agency, and which agencies pass them on. */
export function ForwardingChart({ board }: { board: Board }) {
  const t = useTranslations('board.forwarding')
  const names = useTranslations('insights.kpis')
  const { words, shownOf } = useBoardFrame()
  const rows = board.charts.agencies
    .filter(({ id, first }) => id !== null && first > 0)
    .sort((a, b) => b.forwarded / b.first - a.forwarded / a.first || b.first - a.first)
  const { forwarded } = board.kpis
  const many = rows.filter(({ first }) => first >= fractionBelow).slice(0, 8)
  const shown = many.length > 0 ? many : rows.slice(0, 8)
  return (
    <ChartCard
      id="forwarding"
      title={t('title')}
      finding={forwarded.value !== null && t('finding', { share: words.figureOf(forwarded, 'share') })}
      unit={t('unit')}
      empty={rows.length === 0 && t('empty')}
      table={{
        heading: t('heading'),
        columns: [
          { key: 'share', label: t('share') },
          { key: 'forwarded', label: t('forwarded') },
          { key: 'first', label: t('first') },
        ],
        rows: rows.map((row) => {
          const { share, forwarded, first } = forwardingMarks(row)
          return {
            key: row.id ?? '',
            heading: row.name,
            cells: [{ text: words.textOf(share) }, shownOf(forwarded), shownOf(first)],
          }
        }),
      }}
    >
      <dl className={styles.burdens}>
        {burdens.map((id) => {
          const { text, href } = shownOf(kpiMarks(board.kpis[id]).figure)
          return (
            <div key={id} className={styles.burden}>
              <dt>{names(`${id}.name`)}</dt>
              <dd>
                <DrillLink href={href}>{text}</DrillLink>
              </dd>
            </div>
          )
        })}
      </dl>
      <BarRows
        label={t('title')}
        rows={shown.map((row) => ({
          key: row.id ?? '',
          label: row.name,
          share: row.forwarded / row.first,
          note: t('n', { count: words.number(row.first) }),
          ...shownOf(forwardingMarks(row).share),
        }))}
      />
    </ChartCard>
  )
}
