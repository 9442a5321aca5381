import { and, type SQL, sql } from 'drizzle-orm'
import type { Frame } from '../rules/measure-rules.ts'
import { agencyIn, filtered, frames, kinds, moment, seen, type Under, unsettledRows } from './frames.ts'

/**
 * The rows of a frame in its time range that were not settled at the moment of the figures, at whatever moment they are
 * counted; `isCountedAt` says whether one is counted at that of `other`. `at`: the instant that puts a row into a
 * period.
 */
export function unsettledWithin(
  frame: Frame,
  under: Under,
  at: string,
): { from: SQL; where: SQL; isCountedAt: (other: Under) => SQL } {
  const { table, where } = frames[frame]
  const column = sql.raw(`f.${at}`)
  const stretch = sql`(${column} >= ${moment(under.span.from)} and ${column} < ${moment(under.span.to)})`
  return {
    from: unsettledRows(table(under), under.span.asOf, at),
    where: and(kinds[frame], stretch, filtered(under.filters, sql`f.agency_id`), seen(under)) as SQL,
    isCountedAt: (other) =>
      and(where(other), other.filters.agency === null ? undefined : agencyIn(frame, other).isKnown) as SQL,
  }
}

/**
 * What must be done to figures of the stored rows, where they are asked for as issued: the stored rows of some reports
 * are subtracted, and what was known of these reports is added.
 */
export function replacedIn(under: Under): { under: Under; weight: 1 | -1 }[] {
  const { retold } = under
  if (!retold) return []
  const taken = { under: { ...under, retold: { ...retold, part: 'stored' } }, weight: -1 } as const
  if (retold.ids.length === 0) return [taken]
  return [taken, { under: { ...under, retold: { ...retold, part: 'instead' } }, weight: 1 }]
}
