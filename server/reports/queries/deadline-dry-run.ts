import type { Transaction } from '#db/client.ts'
import { calendars } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { applyCalendarChange } from '#server/calendars/commands/apply-change.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import type { CalendarChange } from '#server/calendars/rules/schemas.ts'
import { type DeadlineScope, deadlineChanges } from '../deadline-changes.ts'

export type DryRun = {
  /** Open reports whose deadline would move. */
  moved: number
  earlier: number
  later: number
  /** Of those, how many would be overdue at once though they are not now. */
  newlyOverdue: number
}

const none: DryRun = { moved: 0, earlier: 0, later: 0, newlyOverdue: 0 }

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
      const before = await calendarVersionsIn(tx)
      await applyCalendarChange({ ...ctx, db: tx as unknown as Context['db'] }, change)
      const scope = scopeOf(before, await calendarVersionsIn(tx))
      throw new Counted(scope ? await countChanges(tx, scope, ctx.now()) : none)
    })
  } catch (error) {
    if (error instanceof Counted) return error.run
    throw error
  }
}

async function calendarVersionsIn(tx: Transaction): Promise<Map<string, number>> {
  const rows = await tx.select({ id: calendars.id, version: calendars.version }).from(calendars)
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** What saving recomputes: the reports of the calendars whose version the change raised; undefined: of none. */
function scopeOf(before: Map<string, number>, after: Map<string, number>): DeadlineScope | undefined {
  const touched = [...after].filter(([id, version]) => before.get(id) !== version)
  const [first] = touched
  if (!first) return undefined
  return { calendarId: touched.length === 1 ? first[0] : null, incidentId: null }
}

async function countChanges(tx: Transaction, scope: DeadlineScope, at: Date): Promise<DryRun> {
  const times = await compiledCalendars(tx)
  const run = { ...none }
  const range = { fromId: 0, toId: Number.MAX_SAFE_INTEGER }
  for (const { report, deadline, isMoved } of await deadlineChanges(tx, scope, range, times, { at, lock: false })) {
    if (!isMoved || !report.dueAt || !deadline.dueAt) continue
    run.moved += 1
    if (deadline.dueAt < report.dueAt) run.earlier += 1
    else run.later += 1
    if (deadline.dueAt < at && report.dueAt >= at) run.newlyOverdue += 1
  }
  return run
}
