import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { readSettings } from '#server/platform/settings.ts'

/** A reminder missed while no worker ran is sent within this time, later not at all. */
const lookedAtDays = 14

/**
 * Writes reminders to rate: one for each answered report, some days after its answer was delivered. Reporters whom the
 * answer did not reach get none. A reminder that was cancelled because of a rating that was then taken back is planned
 * again; one that could not be sent is not. Returns the number of reminders.
 */
export async function remindToRate({ db, now }: Context): Promise<number> {
  const { remindRatingDays } = await readSettings(db)
  if (remindRatingDays === 0) return 0
  const at = sql`${now().toISOString()}::timestamptz`
  const written = await db.execute(sql`
    insert into deliveries (event_id, kind, report_id, due_at, created_at, since)
    select told.event_id, 'rating_reminder', told.report_id, ${at}, ${at}, ${at}
    from deliveries told join reports on reports.id = told.report_id
    where told.kind = 'answer' and told.state in ('sent', 'posted', 'told')
      and told.settled_at <= ${at} - make_interval(days => ${remindRatingDays})
      and told.settled_at > ${at} - make_interval(days => ${remindRatingDays + lookedAtDays})
      and reports.state = 'answered' and reports.rating is null
      and not exists (select from deliveries later where later.report_id = told.report_id
        and later.kind = 'answer' and later.created_at > told.created_at)
      -- A follow-up is told, too, and reminds no second time of the same report.
      and not exists (select from deliveries reminded where reminded.report_id = told.report_id
        and reminded.kind = 'rating_reminder' and reminded.event_id <> told.event_id
        and reminded.state <> 'cancelled' and reminded.created_at >= reports.answered_at)
    on conflict (event_id, kind) do update
      set state = 'waiting', settled_at = null, due_at = excluded.due_at, since = excluded.since,
        version = deliveries.version + 1
      where deliveries.state = 'cancelled' and deliveries.failure is null
    returning id`)
  return written.length
}
