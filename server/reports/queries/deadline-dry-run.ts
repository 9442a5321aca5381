import type { Transaction } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { applyCalendarChange } from '#server/calendars/commands/apply-change.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import type { CalendarChange } from '#server/calendars/rules/schemas.ts'
import { deadlineChanges } from '../deadline-changes.ts'

export type DryRun = {
  /** Open reports whose deadline would move. */
  moved: number
  earlier: number
  later: number
  /** Of those, how many would be overdue at once though they are not now. */
  newlyOverdue: number
}

/** Carries the count out of a transaction that must be rolled back. */
class Counted extends Error {
  readonly run: DryRun

  constructor(run: DryRun) {
    super('counted')
    this.run = run
  }
}

/**
 * What a change to calendars would do to the open deadlines. The change is really made, by the command that saves it,
 * the deadlines are counted, and everything is rolled back: so the count cannot differ from what saving does.
 */
export async function dryRunDeadlines(ctx: Context, change: CalendarChange): Promise<DryRun> {
  try {
    return await ctx.db.transaction(async (tx): Promise<never> => {
      await applyCalendarChange({ ...ctx, db: tx as unknown as Context['db'] }, change)
      throw new Counted(await countChanges(tx, ctx.now()))
    })
  } catch (error) {
    if (error instanceof Counted) return error.run
    throw error
  }
}

async function countChanges(tx: Transaction, at: Date): Promise<DryRun> {
  const times = await compiledCalendars(tx)
  const run: DryRun = { moved: 0, earlier: 0, later: 0, newlyOverdue: 0 }
  const every = { calendarId: null, incidentId: null }
  const range = { fromId: 0, toId: Number.MAX_SAFE_INTEGER }
  for (const { report, deadline, isMoved } of await deadlineChanges(tx, every, range, times, { at, lock: false })) {
    if (!isMoved || !report.dueAt || !deadline.dueAt) continue
    run.moved += 1
    if (deadline.dueAt < report.dueAt) run.earlier += 1
    else run.later += 1
    if (deadline.dueAt < at && report.dueAt >= at) run.newlyOverdue += 1
  }
  return run
}
