import type { Board, Share } from '../rules/board.ts'
import type { DataPoint, DataPointCell } from '../rules/data-point.ts'
import { handledParts, kpiIds } from '../rules/definitions.ts'

/** `reports`: where the rows are known beside the count. */
export type CountedPoint = { dataPoint: DataPoint; count: number; reports?: number }

/** Every figure, bar and cell of a board with its data point. */
export function dataPointsOf(board: Board): CountedPoint[] {
  const { charts, kpis, header, parts } = board
  const days = ({ from, to }: { from: string; to: string }): DataPointCell => ({ days: { from, to } })
  return [
    ...kpiIds.flatMap((id): CountedPoint[] => {
      const { marks, numerator, denominator, value, unit } = kpis[id]
      if (id === 'oldest_open' || id === 'agency_changes_median') return []
      const above = { dataPoint: { measure: marks.numerator }, count: unit === 'count' ? (value ?? 0) : numerator }
      return marks.denominator
        ? [above, { dataPoint: { measure: marks.denominator }, count: denominator ?? 0 }]
        : [above]
    }),
    ...handledParts.map((part) => ({ dataPoint: { measure: part }, count: parts.now[part] })),
    { dataPoint: { measure: 'spam_or_test' }, count: header.spamOrTest },
    { dataPoint: { measure: 'merged' }, count: header.merged },
    ...charts.flow.flatMap((step): CountedPoint[] => [
      { dataPoint: { measure: 'received', by: days(step) }, count: step.received },
      { dataPoint: { measure: 'closes', by: days(step) }, count: step.closed },
      { dataPoint: { measure: 'reopenings', by: days(step) }, count: step.reopened },
    ]),
    ...charts.handled.flatMap((step): CountedPoint[] =>
      handledParts.map((part) => ({ dataPoint: { measure: part, by: days(step) }, count: step.parts[part] })),
    ),
    ...charts.agencies.flatMap(({ id, first, forwarded, ...row }): CountedPoint[] => [
      ...sharesOf(row, { agency: id ?? 'none' }),
      { dataPoint: { measure: 'first_given', by: { agency: id ?? 'none' } }, count: first },
      { dataPoint: { measure: 'forwarded', by: { agency: id ?? 'none' } }, count: forwarded },
    ]),
    ...charts.categories.flatMap((row) => sharesOf(row, { category: row.code })),
    ...charts.areas
      .filter(({ received, open }) => received + open > 0)
      .flatMap((row) => sharesOf(row, { area: row.id ?? 'none' })),
    ...charts.channels.flatMap((row) => sharesOf(row, { channel: row.channel })),
    ...charts.ageing.byAge.map(
      ({ bucket, count }): CountedPoint => ({ dataPoint: { measure: 'backlog', by: { age: bucket } }, count }),
    ),
    ...charts.ageing.byDeadline.map(
      ({ bucket, count }): CountedPoint => ({ dataPoint: { measure: 'backlog', by: { standing: bucket } }, count }),
    ),
    ...charts.coming.map(
      ({ day, from, count }): CountedPoint => ({
        dataPoint: { measure: 'coming_due', by: { days: { from, to: day } } },
        count,
      }),
    ),
    ...charts.hours.flatMap((count, hour): CountedPoint[] =>
      count === 0 && hour % 24 !== 0 ? [] : [{ dataPoint: { measure: 'received', by: { hour } }, count }],
    ),
    ...charts.moves.map(
      ({ from, to, reports }): CountedPoint => ({
        dataPoint: { measure: 'moved', by: { move: { from, to } } },
        count: reports,
      }),
    ),
    ...charts.holdingPeriods.map(
      ({ agency, holdingPeriods }): CountedPoint => ({
        dataPoint: { measure: 'stays', by: { agency: agency.id } },
        count: holdingPeriods,
      }),
    ),
    ...charts.missed.map(
      ({ level, count }): CountedPoint => ({ dataPoint: { measure: 'promises_missed', by: { level } }, count }),
    ),
    ...charts.ratings.map(
      ({ rating, count }): CountedPoint => ({ dataPoint: { measure: 'rated', by: { rating } }, count }),
    ),
  ]
}

function sharesOf({ received, parts, due, kept, open }: Share, by: DataPointCell): CountedPoint[] {
  return [
    { dataPoint: { measure: 'received', by }, count: received },
    ...handledParts.map((part) => ({ dataPoint: { measure: part, by }, count: parts[part] })),
    { dataPoint: { measure: 'promises_due', by }, count: due },
    { dataPoint: { measure: 'promises_kept', by }, count: kept },
    { dataPoint: { measure: 'backlog', by }, count: open },
  ]
}
