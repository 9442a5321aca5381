import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { RetryJobs } from '../rules/retry.ts'

/**
 * Retries failed jobs at once, with their attempts reset. Jobs that someone else has retried in the meantime are left
 * alone.
 */
export async function retryJobs(ctx: Context, { ids }: RetryJobs): Promise<{ count: number }> {
  if (!mayUse(ctx.actor, 'jobs.retry')) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('retry_jobs'))`)
    const failed = await tx.execute<{ id: string; job: string }>(sql`
      select id::text, task_identifier as job from graphile_worker.jobs
      where id = any(${`{${ids.join(',')}}`}::bigint[]) and attempts >= max_attempts and locked_at is null`)
    if (failed.length === 0) throw new DomainError('job_not_failed')
    await tx.execute(sql`
      select from graphile_worker.reschedule_jobs(
        ${`{${failed.map(({ id }) => id).join(',')}}`}::bigint[], run_at => now(), attempts => 0)`)
    await recordEvent(tx, ctx, {
      event: 'job.retried',
      subject: { kind: 'setting', id: 'jobs' },
      details: { jobs: [...new Set(failed.map(({ job }) => job))].sort(), jobCount: failed.length },
    })
    return { count: failed.length }
  })
}
