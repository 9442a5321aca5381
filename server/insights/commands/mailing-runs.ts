import { and, eq, isNotNull, ne, sql } from 'drizzle-orm'
import { incidents, mailingRuns, mailings } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { isTimed, latestRunAt, mostAttempts, stuckAfterMinutes } from '../rules/mailing.ts'
import { workingDays } from './save-mailing.ts'

export type Run = typeof mailingRuns.$inferSelect

/** A run for each mailing that is due; after a downtime one for the latest time, not one for each that was missed. */
export async function beginDue(ctx: Context): Promise<void> {
  const now = ctx.now()
  const isWorkingDay = await workingDays(ctx)
  await ctx.db.transaction(async (tx) => {
    const due = await tx
      .select()
      .from(mailings)
      .where(
        and(
          eq(mailings.isActive, true),
          ne(mailings.edition, 'after_incident'),
          sql`${mailings.nextAt} <= ${now.toISOString()}::timestamptz`,
        ),
      )
      .for('update', { skipLocked: true })
    for (const mailing of due.filter(isTimed)) {
      const { dueAt, nextAt } = latestRunAt(mailing, now, isWorkingDay)
      const { id: mailingId, recipientIds } = mailing
      if (dueAt) {
        await tx.insert(mailingRuns).values({ mailingId, dueAt, notBefore: now, recipientIds }).onConflictDoNothing()
      }
      await tx.update(mailings).set({ nextAt }).where(eq(mailings.id, mailingId))
    }
  })
  await beginAfterIncidents(ctx)
}

/**
 * A run for each incident that was closed since the mailing started to count them; one that was reported is not
 * reported again.
 */
async function beginAfterIncidents({ db, now }: Context): Promise<void> {
  const at = now()
  const closed = await db
    .select({ mailing: mailings, incident: { id: incidents.id, closedAt: incidents.closedAt } })
    .from(mailings)
    .innerJoin(incidents, sql`${incidents.closedAt} between ${mailings.nextAt} and ${at.toISOString()}::timestamptz`)
    .where(
      and(
        eq(mailings.isActive, true),
        eq(mailings.edition, 'after_incident'),
        isNotNull(incidents.closedAt),
        sql`not exists (select from mailing_runs told
          where told.mailing_id = ${mailings.id} and told.incident_id = ${incidents.id} and not told.is_test)`,
      ),
    )
  const runs = closed.flatMap(({ mailing: { id: mailingId, recipientIds }, incident: { id: incidentId, closedAt } }) =>
    closedAt ? [{ mailingId, incidentId, dueAt: closedAt, notBefore: at, recipientIds }] : [],
  )
  if (runs.length > 0) await db.insert(mailingRuns).values(runs).onConflictDoNothing()
}

/**
 * The recipient whose letter was being handed over when the process died: whether it arrived is unknown, so it is not
 * sent a second time.
 */
const nowUnsure = {
  unsure: sql<string[]>`array_remove(${mailingRuns.unsure} || ${mailingRuns.handingTo}, null)`,
  handingTo: null,
}

const stuckSince = (now: Date) => new Date(now.getTime() - stuckAfterMinutes * 60_000).toISOString()

/** A run that stalled on every allowed attempt was begun by processes that died before they ended it. */
export async function giveUpAbandoned(ctx: Context): Promise<Run[]> {
  const now = ctx.now()
  return ctx.db.transaction(async (tx) => {
    const runs = await tx
      .update(mailingRuns)
      .set({ state: 'failed', error: 'stopped', finishedAt: now, ...nowUnsure })
      .where(
        sql`${mailingRuns.state} = 'running' and ${mailingRuns.claimedAt} <= ${stuckSince(now)}::timestamptz
          and ${mailingRuns.attempts} >= ${mostAttempts}`,
      )
      .returning()
    for (const { mailingId, dueAt } of runs) {
      const details = { dueAt: dueAt.toISOString(), reason: 'stopped' }
      await recordEvent(tx, ctx, { event: 'mailing.failed', subject: { kind: 'mailing', id: mailingId }, details })
    }
    return runs
  })
}

/**
 * The next run that waits, or whose worker has stalled. The number of attempts distinguishes this claim from others.
 */
export async function claimRun(ctx: Context): Promise<Run | undefined> {
  const now = ctx.now()
  const at = now.toISOString()
  const [run] = await ctx.db
    .update(mailingRuns)
    .set({
      state: 'running',
      attempts: sql`${mailingRuns.attempts} + 1`,
      claimedAt: now,
      startedAt: sql`coalesce(${mailingRuns.startedAt}, ${at}::timestamptz)`,
      error: null,
      ...nowUnsure,
    })
    .where(
      eq(
        mailingRuns.id,
        sql`(select id from mailing_runs next
          where (next.state = 'waiting' and next.not_before <= ${at}::timestamptz)
            or (next.state = 'running' and next.claimed_at <= ${stuckSince(now)}::timestamptz)
          order by next.not_before, next.id limit 1 for update skip locked)`,
      ),
    )
    .returning()
  return run
}
