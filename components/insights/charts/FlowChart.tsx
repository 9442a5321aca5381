'use client'

import { useTranslations } from 'next-intl'
import type { Charts } from '#server/insights/rules/board.ts'
import { flowMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { TimeChart } from '../chart/TimeChart.tsx'
import type { TimeSeries } from '../chart/time-series.ts'
import { MarkList } from './MarkList.tsx'
import { useTimeMarks, useTimeSteps } from './use-time-steps.ts'

const always = ['received', 'closed', 'reopened', 'backlog'] as const
const then = ['receivedThen', 'closedThen'] as const
const usually = ['usualLow', 'usual', 'usualHigh'] as const

/** Received and closed, step by step: where the lines diverge, the backlog grows. */
export function FlowChart({ charts, span }: { charts: Charts; span: 7 | 8 }) {
  const t = useTranslations('board.flow')
  const { words, shownOf } = useBoardFrame()
  const { unit, heading, stepsOf } = useTimeSteps()
  const marks = useTimeMarks(charts.annotations)
  const isCompared = charts.flow.some(({ previous }) => previous !== null)
  const isUsualKnown = charts.flow.some(({ usual }) => usual !== null)
  const series: TimeSeries[] = [
    { key: 'received', label: t('received'), ink: 'var(--accent)' },
    { key: 'closed', label: t('closed'), ink: 'var(--ok)', look: 'dashed' },
    ...(isCompared
      ? ([
          { key: 'receivedThen', label: t('receivedThen'), ink: 'var(--accent)', look: 'ghost' },
          { key: 'closedThen', label: t('closedThen'), ink: 'var(--ok)', look: 'ghost' },
        ] as const)
      : []),
  ]
  const steps = stepsOf(charts.flow, (step) => {
    const { received, closed, reopened } = flowMarks(step)
    const { backlog, previous, usual } = step
    const figure = (mark: typeof received) => ({ value: mark.count, ...shownOf(mark) })
    const unopened = (value: number) => ({ value, text: words.number(value), href: null })
    return {
      received: figure(received),
      closed: figure(closed),
      reopened: figure(reopened),
      backlog: unopened(backlog),
      ...(usual && {
        usualLow: unopened(usual.low),
        usual: unopened(usual.median),
        usualHigh: unopened(usual.high),
      }),
      ...(previous && { receivedThen: unopened(previous.received), closedThen: unopened(previous.closed) }),
    }
  })
  const shown = [...always, ...(isUsualKnown ? usually : []), ...(isCompared ? then : [])]
  const columns = shown.map((key) => ({ key, label: t(key) }))
  const textAt = (at: number) => {
    const found = charts.flow[at]?.usual
    return found ? t('usualBetween', { low: words.number(found.low), high: words.number(found.high) }) : '–'
  }
  const usual = isUsualKnown
    ? { label: t('usualRange'), median: t('usualMedian'), at: charts.flow.map((step) => step.usual), textAt }
    : undefined
  const isEmpty = charts.flow.every(({ received, closed }) => received === 0 && closed === 0)
  const balance = charts.flow.reduce((sum, { received, closed }) => sum + received - closed, 0)
  return (
    <ChartCard
      id="flow"
      span={span}
      onPaper="chart"
      title={t('title')}
      finding={
        !isEmpty &&
        t('finding', {
          way: balance > 0 ? 'more' : balance < 0 ? 'less' : 'even',
          by: words.number(Math.abs(balance)),
        })
      }
      unit={unit}
      table={{
        heading,
        columns,
        rows: steps.map(({ key, long, values }) => ({
          key,
          heading: long,
          cells: columns.map((column) => values[column.key] ?? { text: '–' }),
        })),
      }}
      foot={
        <>
          {isUsualKnown && <p>{t('usualNote')}</p>}
          <MarkList marks={marks} />
        </>
      }
    >
      <TimeChart
        label={t('title')}
        series={series}
        steps={steps}
        marks={marks}
        usual={usual}
        tickOf={words.number}
        paperWidth={560}
      />
    </ChartCard>
  )
}
