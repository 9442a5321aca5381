import { and, eq, isNotNull, lte, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { announce } from '#server/platform/announce.ts'
import { log } from '#server/platform/log.ts'
import { jobLimits, undoLimits } from '#server/platform/rules/limits.ts'
import { readSettings } from '#server/platform/settings.ts'

/**
 * The time to take a decision back has passed: the report announces itself to those who see it from now on, and those
 * who wait to be notified are. Run by a job that may come twice; who sees the report does not depend on it. Returns
 * whether the report has come to someone new.
 */
export async function releaseReport(ctx: Context, reportId: number): Promise<boolean> {
  const { db, now } = ctx
  return db.transaction(async (tx) => {
    const isOver = and(eq(reports.id, reportId), isNotNull(reports.knownTo), lte(reports.releasedAt, now()))
    const released = await tx.update(reports).set({ knownTo: null }).where(isOver).returning({ id: reports.id })
    await announce(tx, { kind: 'report', ids: [reportId] })
    return released.length > 0
  })
}

/** Decisions of longer ago are not checked any more. */
const lookedAtHours = 1
const most = 500

/**
 * Looks each minute for reports whose release was not announced: the job was lost or ran out of attempts. One that
 * fails does not stop the others. Returns how many there were.
 */
export async function releaseDueReports(ctx: Context): Promise<number> {
  const { undoSeconds } = await readSettings(ctx.db)
  const ago = (seconds: number) => sql`${new Date(ctx.now().getTime() - seconds * 1000).toISOString()}::timestamptz`
  const late = jobLimits.leftBehindSeconds.released
  const waiting = await ctx.db.execute<{ id: number }>(sql`
    select distinct report.id from events made join reports report on report.id = made.report_id
    where made.at > ${ago(lookedAtHours * 3600)} and made.at <= ${ago(undoSeconds + undoLimits.graceSeconds + late)}
      and report.known_to is not null and report.released_at <= ${ago(late)}
    order by report.id limit ${most}`)
  const failed: number[] = []
  for (const { id } of waiting) {
    try {
      await releaseReport(ctx, Number(id))
      log.error({ reportId: Number(id) }, 'a report had come to an agency without being announced')
    } catch (error) {
      failed.push(Number(id))
      log.error({ err: error, reportId: Number(id) }, 'a report that had come to an agency could not be announced')
    }
  }
  if (failed.length > 0) throw new Error(`${failed.length} reports could not be announced`)
  return waiting.length
}
