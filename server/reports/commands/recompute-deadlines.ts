import { asc } from 'drizzle-orm'
import { changedRow, writeRows } from '#db/rows.ts'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { recordEvent } from '#server/events/commands.ts'
import { type DeadlineScope, deadlineChanges, type IdRange, openIn } from '../deadline-changes.ts'

/** Reports locked at a time: a user who moves one of them waits for at most this many. */
const reportsPerRange = 200

/** The open reports of the scope, cut into ranges of ids for small jobs. */
export async function openRanges(
  { db }: Pick<Context, 'db'>,
  scope: DeadlineScope,
  size = reportsPerRange,
): Promise<IdRange[]> {
  const ids = await db.select({ id: reports.id }).from(reports).where(openIn(scope)).orderBy(asc(reports.id))
  const ranges: IdRange[] = []
  for (let start = 0; start < ids.length; start += size) {
    const range = ids.slice(start, start + size)
    ranges.push({ fromId: range[0]?.id ?? 0, toId: range.at(-1)?.id ?? 0 })
  }
  return ranges
}

type Recomputation = { scope: DeadlineScope; range: IdRange; at: Date }

/**
 * Recomputes the open deadlines of a range by the calendars in force, and writes those that change, each with an event
 * that keeps the old and the new instant. Running it twice changes nothing more. The version of the report stays: no
 * one's unsaved answer is refused because of it. Returns how many deadlines moved.
 */
export async function recomputeDeadlines(ctx: Context, { scope, range, at }: Recomputation): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const times = await compiledCalendars(tx)
    const changes = await deadlineChanges(tx, scope, range, times, { at, lock: true })
    for (const { report, clocks, deadline, isMoved } of changes) {
      await writeRows(tx, [...clocks.writes(), changedRow(reports, report.id, deadline)])
      if (!isMoved) continue
      await recordEvent(tx, ctx, {
        event: 'report.deadline_recomputed',
        subject: { kind: 'report', id: report.id },
        agencyId: report.agencyId,
        from: report.state,
        to: report.state,
        details: {
          cause: scope.incidentId === null ? 'calendar' : 'storm_mode',
          dueAt: [report.dueAt?.toISOString() ?? null, deadline.dueAt?.toISOString() ?? null],
          ...(scope.incidentId !== null && { incidentId: scope.incidentId }),
        },
      })
    }
    return changes.filter(({ isMoved }) => isMoved).length
  })
}
