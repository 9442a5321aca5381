import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { keptDays } from '#server/platform/rules/limits.ts'
import { endedStates } from '#server/reports/rules/lifecycle.ts'
import { stateIs } from '#server/reports/states.ts'

/**
 * Deletes old notifications and the escalation steps of finished reports: the event log has all of it. Returns how many
 * notifications were deleted.
 */
export async function forgetOld({ db, now }: Context): Promise<number> {
  const before = sql`${now().toISOString()}::timestamptz - ${sql.raw(String(keptDays.notifications))} * interval '1 day'`
  const gone = await db.execute(sql`delete from notifications where shown_at < ${before} returning id`)
  await db.execute(sql`
    delete from report_escalations using reports
    where reports.id = report_escalations.report_id and about < ${before}
      and ${stateIs(endedStates)}`)
  return gone.length
}
