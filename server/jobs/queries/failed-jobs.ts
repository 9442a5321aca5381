import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type JobFailure, readJobFailure } from '../rules/failure.ts'
import { mostShown } from '../rules/retry.ts'

export type FailedJob = JobFailure & { id: string; job: string; failedAt: Date; attempts: number }
export type FailedJobs = { jobs: FailedJob[]; total: number }

type Row = { id: string; job: string; failedAt: Date; attempts: number; lastError: string | null; total: number }

/**
 * Jobs without attempts left, the latest first. Their payload is not returned: it may name a citizen.
 */
export async function failedJobs({ db, actor }: Pick<Context, 'db' | 'actor'>): Promise<FailedJobs> {
  if (!mayUse(actor, 'jobs.retry')) throw new DomainError('forbidden')
  const rows = await db.execute<Row>(sql`
    select id::text, task_identifier as job, updated_at as "failedAt", attempts::int, last_error as "lastError",
      (count(*) over ())::int as total
    from graphile_worker.jobs where attempts >= max_attempts and locked_at is null
    order by updated_at desc, id desc limit ${mostShown}`)
  return {
    jobs: rows.map(({ lastError, total: _, ...row }) => ({ ...row, ...readJobFailure(lastError) })),
    total: rows[0]?.total ?? 0,
  }
}
