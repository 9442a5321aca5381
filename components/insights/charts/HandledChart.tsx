'use client'

import { useTranslations } from 'next-intl'
import type { Board, Matured } from '#server/insights/rules/board.ts'
import { handledParts } from '#server/insights/rules/definitions.ts'
import { handledStepMarks } from '#server/insights/rules/marks.ts'
import { maturedStep, notYetRuns } from '#server/insights/rules/matured-step.ts'
import { useBoardFrame } from '../board-context.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { TimeChart } from '../chart/TimeChart.tsx'
import { targetRuns } from '../chart/time-series.ts'
import { MarkList } from './MarkList.tsx'
import { useTimeMarks, useTimeSteps } from './use-time-steps.ts'

/**
 * Of what was received in each step and is due by now, how much is handled. A step of which too much is not due yet is
 * hatched: its share would be low by nature.
 */
export function HandledChart({ board, span }: { board: Board; span: 8 | 12 }) {
  const t = useTranslations('board.handled')
  const parts = useTranslations('board.parts')
  const { words, shownOf } = useBoardFrame()
  const { span: days, heading, stepsOf } = useTimeSteps()
  const marks = useTimeMarks(board.charts.annotations)
  const shareIn = (matured: Matured, shown: { text: string; href: string | null }) => {
    const { is, share } = maturedStep(matured)
    return is === 'notYet' ? { value: null, text: t('notYetDue'), href: null } : { value: share, ...shown }
  }
  const steps = stepsOf(board.charts.handled, (step) => {
    const { target, previous } = step
    const { matured, ...counts } = handledStepMarks(step)
    const figures = Object.entries(counts).map(([key, mark]) => [key, { value: mark.count, ...shownOf(mark) }])
    return {
      matured: shareIn(step.matured, shownOf(matured)),
      ...(previous && {
        shareThen: shareIn(previous.matured, {
          text: words.partOf(previous.matured.handled, previous.matured.of),
          href: null,
        }),
      }),
      target: { value: null, text: target === null ? '–' : words.targetOf(target), href: null },
      ...Object.fromEntries(figures),
    }
  })
  const isCompared = board.charts.handled.some(({ previous }) => previous !== null)
  // Future steps are not drawn.
  const runs = targetRuns(board.charts.handled.slice(0, steps.length))
  const hatched = notYetRuns(board.charts.handled.slice(0, steps.length)).map(({ first, last }) => ({
    first,
    last,
    words:
      first === last
        ? `${steps[first]?.long}: ${t('notYetDue')}`
        : t('hatched', { from: steps[first]?.long ?? '', to: steps[last]?.long ?? '' }),
  }))
  const targetWords = (): string => {
    const [run] = runs
    if (!run || runs.length > 1) return t('targets')
    const value = words.targetOf(run.value)
    return run.band ? t('targetBand', { value, band: words.targetOf(run.band) }) : t('target', { value })
  }
  const { matured } = board.kpis.handled
  const aim = words.aimOf(board.kpis.handled)?.distance ?? null
  const columns = [
    { key: 'received', label: t('received') },
    { key: 'handled', label: t('handled') },
    { key: 'matured', label: t('matured') },
    { key: 'notYet', label: t('notYet') },
    ...(isCompared ? [{ key: 'shareThen', label: t('shareThen') }] : []),
    ...(runs.length > 0 ? [{ key: 'target', label: t('aim') }] : []),
    ...handledParts.map((part) => ({ key: part, label: parts(part) })),
  ]
  return (
    <ChartCard
      id="handled"
      span={span}
      title={t('title')}
      finding={
        matured !== null &&
        matured.of > 0 &&
        t('finding', {
          share: words.partOf(matured.handled, matured.of),
          held: aim === null ? 'no' : 'yes',
          aim: aim ?? '',
        })
      }
      unit={t('unit', { span: days })}
      table={{
        heading,
        columns,
        rows: steps.map(({ key, long, values }) => ({
          key,
          heading: long,
          cells: columns.map((column) => values[column.key] ?? { text: '–' }),
        })),
      }}
      foot={<MarkList marks={marks} />}
    >
      <TimeChart
        label={t('title')}
        series={[
          { key: 'matured', label: t('matured'), ink: 'var(--accent)' },
          ...(isCompared
            ? [{ key: 'shareThen', label: t('shareThen'), ink: 'var(--accent)', look: 'ghost' as const }]
            : []),
        ]}
        steps={steps}
        marks={marks}
        hatched={hatched.length === 0 ? undefined : { runs: hatched, label: t('notYet') }}
        most={1}
        tickOf={(share) => words.shareOf(share, 100)}
        targets={runs.length === 0 ? undefined : { runs, label: targetWords() }}
      />
    </ChartCard>
  )
}
