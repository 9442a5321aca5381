import { asc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { calendars } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { DomainError } from '#server/platform/errors.ts'
import { queueJob } from '#server/platform/jobs.ts'

const settleMillis = 60_000

/**
 * The outcome of a change: the calendar whose hours it changed (null: every calendar; `none`: no calendar) and the
 * result for the screen.
 */
export type Outcome<T> = { touched: string | null | 'none'; result: T }

/**
 * Versions of the calendars by id. All are locked: edits of calendars are rare and run one after the other. Reports,
 * whose clocks reference calendars, do not wait for the lock, because a previewed change takes a while to count.
 */
export type CalendarVersions = ReadonlyMap<string, number>

/** Runs one change to calendars in one transaction: raises their versions and queues a recomputation of deadlines. */
export async function changeCalendar<T>(
  ctx: Context,
  work: (tx: Transaction, versions: CalendarVersions) => Promise<Outcome<T>>,
): Promise<T> {
  if (!mayUse(ctx.actor, 'calendars.edit')) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    const locked = await tx
      .select({ id: calendars.id, version: calendars.version })
      .from(calendars)
      .orderBy(asc(calendars.id))
      .for('no key update')
    const { touched, result } = await work(tx, new Map(locked.map(({ id, version }) => [id, version])))
    if (touched === 'none') return result
    await tx
      .update(calendars)
      .set({ version: sql`${calendars.version} + 1` })
      .where(touched === null ? undefined : eq(calendars.id, touched))
    await queueRecomputation(tx, touched, ctx.now())
    return result
  })
}

/** The second run, a minute later, finds the reports that were being written with the old hours. */
async function queueRecomputation(tx: Transaction, calendarId: string | null, at: Date): Promise<void> {
  const payload = { calendarId, incidentId: null, at: at.toISOString() }
  const jobKey = `recompute_deadlines:calendar:${calendarId ?? ''}`
  await queueJob(tx, 'recompute_deadlines', payload, { jobKey })
  const runAt = new Date(at.getTime() + settleMillis)
  await queueJob(tx, 'recompute_deadlines', payload, { jobKey: `${jobKey}:settled`, runAt })
}
