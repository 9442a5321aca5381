import { asc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { calendars } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { DomainError } from '#server/platform/errors.ts'
import { queueJob } from '#server/platform/jobs.ts'

const settleMillis = 60_000

/**
 * What a change comes to: whose hours it touched (null: every calendar's; `none`: nobody's) and what the screen gets.
 */
export type Outcome<T> = { touched: string | null | 'none'; result: T }

/**
 * Versions of the calendars by id. All are locked: edits of calendars are rare and take turns. Reports, whose clocks
 * need them to be there, do not wait: a change that is only tried counts for a while.
 */
export type CalendarVersions = ReadonlyMap<string, number>

/** One change to calendars in one transaction: it raises their versions and has the open deadlines computed anew. */
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

/** The second run, a minute later, finds the reports that were just being written by the old hours. */
async function queueRecomputation(tx: Transaction, calendarId: string | null, at: Date): Promise<void> {
  const payload = { calendarId, incidentId: null, at: at.toISOString() }
  const jobKey = `recompute_deadlines:calendar:${calendarId ?? ''}`
  await queueJob(tx, 'recompute_deadlines', payload, { jobKey })
  const runAt = new Date(at.getTime() + settleMillis)
  await queueJob(tx, 'recompute_deadlines', payload, { jobKey: `${jobKey}:settled`, runAt })
}
