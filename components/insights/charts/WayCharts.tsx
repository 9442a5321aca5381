'use client'

import { useTranslations } from 'next-intl'
import type { Board, Charts } from '#server/insights/rules/board.ts'
import { fractionBelow, type KpiId } from '#server/insights/rules/definitions.ts'
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
  const { words, hrefOf } = useBoardFrame()
  const among = (side: 'from' | 'to') => reportStates.filter((state) => moves.some((move) => move[side] === state))
  const cellOf = (from: ReportState, to: ReportState) => {
    const move = moves.find((each) => each.from === from && each.to === to)
    return {
      value: move?.count ?? 0,
      text: move ? words.number(move.count) : '',
      name: t('cell', { from: states(from), to: states(to) }),
      href: move ? hrefOf(move.reports, 'moved', { move: { from, to } }) : null,
    }
  }
  const [whence, whither] = [among('from'), among('to')]
  const sorted = [...moves].sort((a, b) => b.count - a.count)
  return (
    <ChartCard
      id="moves"
      span={12}
      title={t('title')}
      unit={t('unit')}
      empty={moves.length === 0 && t('empty')}
      table={{
        heading: t('heading'),
        columns: [
          { key: 'count', label: t('count') },
          { key: 'reports', label: t('reports') },
        ],
        rows: sorted.map(({ from, to, count, reports }) => ({
          key: `${from}-${to}`,
          heading: t('cell', { from: states(from), to: states(to) }),
          cells: [
            { text: words.number(count) },
            { text: words.number(reports), href: hrefOf(reports, 'moved', { move: { from, to } }) },
          ],
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
  const { words, hrefOf } = useBoardFrame()
  // One long holding period is no habit: agencies with few come last.
  const isFew = ({ holdingPeriods: count }: Charts['holdingPeriods'][number]) => count < fractionBelow
  const sorted = [...holdingPeriods].sort((a, b) => Number(isFew(a)) - Number(isFew(b)) || b.median - a.median)
  const shown = sorted.slice(0, 10)
  const greatest = Math.max(1, ...shown.map(({ median }) => median))
  return (
    <ChartCard
      id="stays"
      title={t('title')}
      unit={t('unit')}
      empty={holdingPeriods.length === 0 && t('empty')}
      table={{
        heading: t('heading'),
        columns: [
          { key: 'median', label: t('median') },
          { key: 'stays', label: t('stays') },
          { key: 'total', label: t('total') },
        ],
        rows: sorted.map(({ agency, holdingPeriods: count, minutes, median }) => ({
          key: agency.id,
          heading: agency.name,
          cells: [
            { text: words.durationOf(median, 'working_minutes') },
            { text: words.number(count), href: hrefOf(count, 'stays', { agency: agency.id }) },
            { text: words.durationOf(minutes, 'working_minutes') },
          ],
        })),
      }}
    >
      <BarRows
        label={t('title')}
        rows={shown.map(({ agency, holdingPeriods: count, median }) => ({
          key: agency.id,
          label: agency.name,
          share: median / greatest,
          text: words.durationOf(median, 'working_minutes'),
          note: t('n', { count: words.number(count) }),
          href: hrefOf(count, 'stays', { agency: agency.id }),
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
  const { words, hrefOf } = useBoardFrame()
  const rows = board.charts.agencies
    .filter(({ id, first }) => id !== null && first > 0)
    .sort((a, b) => b.forwarded / b.first - a.forwarded / a.first || b.first - a.first)
  const many = rows.filter(({ first }) => first >= fractionBelow).slice(0, 8)
  const shown = many.length > 0 ? many : rows.slice(0, 8)
  return (
    <ChartCard
      id="forwarding"
      title={t('title')}
      unit={t('unit')}
      empty={rows.length === 0 && t('empty')}
      table={{
        heading: t('heading'),
        columns: [
          { key: 'share', label: t('share') },
          { key: 'forwarded', label: t('forwarded') },
          { key: 'first', label: t('first') },
        ],
        rows: rows.map(({ id, name, first, forwarded }) => ({
          key: id ?? '',
          heading: name,
          cells: [
            { text: words.partOf(forwarded, first) },
            { text: words.number(forwarded), href: hrefOf(forwarded, 'forwarded', { agency: id ?? 'none' }) },
            { text: words.number(first), href: hrefOf(first, 'first_given', { agency: id ?? 'none' }) },
          ],
        })),
      }}
    >
      <dl className={styles.burdens}>
        {burdens.map((id) => {
          const kpi = board.kpis[id]
          return (
            <div key={id} className={styles.burden}>
              <dt>{names(`${id}.name`)}</dt>
              <dd>
                <DrillLink href={hrefOf(kpi.numerator, kpi.marks.numerator)}>{words.figureOf(kpi, kpi.unit)}</DrillLink>
              </dd>
            </div>
          )
        })}
      </dl>
      <BarRows
        label={t('title')}
        rows={shown.map(({ id, name, first, forwarded }) => ({
          key: id ?? '',
          label: name,
          share: forwarded / first,
          text: words.partOf(forwarded, first),
          note: t('n', { count: words.number(first) }),
          href: hrefOf(forwarded, 'forwarded', { agency: id ?? 'none' }),
        }))}
      />
    </ChartCard>
  )
}
