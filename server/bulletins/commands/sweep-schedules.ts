import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { log } from '#server/platform/log.ts'
import { jobLimits } from '#server/platform/rules/limits.ts'
import { jobKeyOf } from './publish-bulletin.ts'

type Waiting = { revisionId: string; bulletinId: string; dueAt: Date; isReady: boolean }

const most = 100

/**
 * Looks each minute for bulletins that should be public and are not, logs them and queues them again. A schedule whose
 * bulletin has moved on without it would wait indefinitely: it can never be published, someone must look. Returns how
 * many were found.
 */
export async function sweepSchedules(ctx: Context): Promise<number> {
  const before = new Date(ctx.now().getTime() - jobLimits.leftBehindSeconds.bulletin * 1000)
  const found = await ctx.db.execute<Waiting>(sql`
    select waiting.revision_id as "revisionId", waiting.bulletin_id as "bulletinId", waiting.due_at as "dueAt",
      bulletin.state = 'scheduled' and bulletin.approved_revision_id = waiting.revision_id as "isReady"
    from bulletin_schedules waiting join bulletins bulletin on bulletin.id = waiting.bulletin_id
    where waiting.due_at <= ${before.toISOString()}::timestamptz
      and waiting.published_at is null and waiting.cancelled_at is null
    order by waiting.due_at, waiting.revision_id limit ${most}`)
  for (const { revisionId, bulletinId, dueAt, isReady } of found) {
    const entry = { revisionId, bulletinId, dueAt }
    if (isReady) {
      await queueJob(ctx.db, 'publish_bulletin', { revisionId }, { jobKey: jobKeyOf(revisionId) })
      log.error(entry, 'a scheduled bulletin was left behind and is queued again')
    } else log.error(entry, 'a scheduled bulletin was left behind: its bulletin has moved on without it')
  }
  return found.length
}
