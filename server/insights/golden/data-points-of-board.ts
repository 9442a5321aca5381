import type { Board, Share } from '../rules/board.ts'
import { handledParts, kpiIds } from '../rules/definitions.ts'
import type { Mark, MarkCell } from '../rules/data-point.ts'

/** `reports`: where the rows are known beside the count. */
export type Marked = { mark: Mark; count: number; reports?: number }

/** Every figure, bar and cell of a board with the mark it opens by. */
export function marksOf(board: Board): Marked[] {
  const { charts, kpis, header, parts } = board
  const days = ({ from, to }: { from: string; to: string }): MarkCell => ({ days: { from, to } })
  return [
    ...kpiIds.flatMap((id): Marked[] => {
      const { marks, numerator, denominator, value, unit } = kpis[id]
      if (id === 'oldest_open' || id === 'agency_changes_median') return []
      const above = { mark: { measure: marks.numerator }, count: unit === 'count' ? (value ?? 0) : numerator }
      return marks.denominator ? [above, { mark: { measure: marks.denominator }, count: denominator ?? 0 }] : [above]
    }),
    ...handledParts.map((part) => ({ mark: { measure: part }, count: parts.now[part] })),
    { mark: { measure: 'spam_or_test' }, count: header.spamOrTest },
    { mark: { measure: 'merged' }, count: header.merged },
    ...charts.flow.flatMap((step): Marked[] => [
      { mark: { measure: 'received', by: days(step) }, count: step.received },
      { mark: { measure: 'closes', by: days(step) }, count: step.closed },
      { mark: { measure: 'reopenings', by: days(step) }, count: step.reopened },
    ]),
    ...charts.handled.flatMap((step): Marked[] =>
      handledParts.map((part) => ({ mark: { measure: part, by: days(step) }, count: step.parts[part] })),
    ),
    ...charts.agencies.flatMap(({ id, first, forwarded, ...row }): Marked[] => [
      ...sharesOf(row, { agency: id ?? 'none' }),
      { mark: { measure: 'first_given', by: { agency: id ?? 'none' } }, count: first },
      { mark: { measure: 'forwarded', by: { agency: id ?? 'none' } }, count: forwarded },
    ]),
    ...charts.categories.flatMap((row) => sharesOf(row, { category: row.code })),
    ...charts.areas
      .filter(({ received, open }) => received + open > 0)
      .flatMap((row) => sharesOf(row, { area: row.id ?? 'none' })),
    ...charts.channels.flatMap((row) => sharesOf(row, { channel: row.channel })),
    ...charts.ageing.byAge.map(
      ({ bucket, count }): Marked => ({ mark: { measure: 'backlog', by: { age: bucket } }, count }),
    ),
    ...charts.ageing.byStanding.map(
      ({ bucket, count }): Marked => ({ mark: { measure: 'backlog', by: { standing: bucket } }, count }),
    ),
    ...charts.coming.map(
      ({ day, from, count }): Marked => ({ mark: { measure: 'coming_due', by: { days: { from, to: day } } }, count }),
    ),
    ...charts.hours.flatMap((count, hour): Marked[] =>
      count === 0 && hour % 24 !== 0 ? [] : [{ mark: { measure: 'received', by: { hour } }, count }],
    ),
    ...charts.moves.map(
      ({ from, to, reports }): Marked => ({ mark: { measure: 'moved', by: { move: { from, to } } }, count: reports }),
    ),
    ...charts.stays.map(
      ({ agency, stays }): Marked => ({ mark: { measure: 'stays', by: { agency: agency.id } }, count: stays }),
    ),
    ...charts.missed.map(
      ({ level, count }): Marked => ({ mark: { measure: 'promises_missed', by: { level } }, count }),
    ),
    ...charts.ratings.map(({ rating, count }): Marked => ({ mark: { measure: 'rated', by: { rating } }, count })),
  ]
}

function sharesOf({ received, parts, due, kept, open }: Share, by: MarkCell): Marked[] {
  return [
    { mark: { measure: 'received', by }, count: received },
    ...handledParts.map((part) => ({ mark: { measure: part, by }, count: parts[part] })),
    { mark: { measure: 'promises_due', by }, count: due },
    { mark: { measure: 'promises_kept', by }, count: kept },
    { mark: { measure: 'backlog', by }, count: open },
  ]
}
