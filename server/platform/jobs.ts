import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Connection } from '#db/client.ts'

/**
 * Every job and its payload. A domain declares its jobs beside their handlers, in its `jobs.ts`:
 * `declare module '#server/platform/jobs.ts' { interface JobPayloads { send_answer: { answerId: number } } }`
 */
// biome-ignore lint/suspicious/noEmptyInterface: domains add to it
export interface JobPayloads {}
export type JobName = keyof JobPayloads

type QueueOptions = {
  /** Not before this instant. */
  runAt?: Date
  /** A job queued under the same key before the earlier one ran replaces it. */
  jobKey?: string
  /** Jobs of the same line run one after the other, across all workers. */
  line?: string
  maxAttempts?: number
}

/** Queues a job in the caller's transaction: it exists only if the change does. A job may run twice. */
export async function queueJob<Name extends JobName>(
  tx: Connection,
  name: Name,
  payload: JobPayloads[Name],
  { runAt, jobKey, line, maxAttempts }: QueueOptions = {},
): Promise<void> {
  await tx.execute(sql`
    select from graphile_worker.add_job(
      ${String(name)}, ${JSON.stringify(payload)}::text::json, run_at => ${runAt ?? null}::timestamptz,
      job_key => ${jobKey ?? null}, queue_name => ${line ?? null}, max_attempts => ${maxAttempts ?? null}::int)`)
}

/**
 * For recurring jobs: at most one run is queued, and runs never overlap, since one may take longer than the interval.
 */
export const againOf = (job: JobName) => ({ jobKey: job, line: job })

/** Cancels a job that has not started. */
export async function cancelJob(tx: Connection, jobKey: string): Promise<void> {
  await tx.execute(sql`select from graphile_worker.remove_job(${jobKey})`)
}

/** How a job runs: the schema parses its payload again, because an older release may have written it. */
export type Job<Payload, Context> = {
  payload: z.ZodType<Payload>
  run(payload: Payload, context: Context): Promise<unknown>
}

export function defineJob<Payload, Context>(
  payload: z.ZodType<Payload>,
  run: (payload: Payload, context: Context) => Promise<unknown>,
): Job<Payload, Context> {
  return { payload, run }
}

/** A job that is queued soon after reports changed, regardless of how many changed and who changed them. */
export type FollowingJob = { [Name in JobName]: { job: Name; payload: JobPayloads[Name] } }[JobName]

/** A job queued by a cron schedule in UTC: `17 20 * * *` is 03:17 in Hanoi. */
export type ScheduledJob = {
  [Name in JobName]: {
    job: Name
    cron: string
    payload: JobPayloads[Name]
    /** Also runs whenever a worker starts, to make up for the time in which none ran. */
    atStart?: true
  }
}[JobName]
