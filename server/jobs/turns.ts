import { type CronItem, parseCronItem } from 'graphile-worker'
import type { Sql } from '#db/client.ts'
import type { ScheduledJob } from '#server/platform/jobs.ts'
import { jobLimits } from '#server/platform/rules/limits.ts'

type Scheduled = Pick<ScheduledJob, 'job' | 'cron'>

const minuteMillis = 60_000
/** Longer than the interval of any of our schedules. */
const days = 15

/** The longest interval between two runs of a schedule, in seconds. */
export function longestGap(cron: string): number {
  const { match } = parseCronItem({ task: 'any', match: cron } satisfies CronItem)
  const start = Date.UTC(2026, 0, 1)
  let [last, longest] = [start, 0]
  for (let at = start; at < start + days * 86_400_000; at += minuteMillis) {
    const time = new Date(at)
    const isTurn = match({
      min: time.getUTCMinutes(),
      hour: time.getUTCHours(),
      date: time.getUTCDate(),
      month: time.getUTCMonth() + 1,
      dow: time.getUTCDay(),
    })
    if (!isTurn) continue
    longest = Math.max(longest, at - last)
    last = at
  }
  return longest / 1000
}

/**
 * How long ago a job may have run last before it counts as late: its longest interval plus a share of it.
 */
export function allowedSeconds(cron: string): number {
  const { share, leastSeconds, mostSeconds } = jobLimits.grace
  const gap = longestGap(cron)
  return gap + Math.min(Math.max(gap * share, leastSeconds), mostSeconds)
}

/** Records that each of these jobs is expected from now on; a job that never ran is measured from this time. */
export async function expectTurns(sql: Sql, schedule: readonly Scheduled[]): Promise<void> {
  const jobs = schedule.map(({ job }) => job)
  await sql`
    insert into job_turns (job, expected_at) select unnest(${jobs}::text[]), now() on conflict (job) do nothing`
}

/** Records that a scheduled job was completed. */
export async function noteTurn(sql: Sql, job: string): Promise<void> {
  await sql`
    insert into job_turns (job, expected_at, done_at) values (${job}, now(), now())
    on conflict (job) do update set done_at = excluded.done_at`
}

export type JobGauge = {
  /** Since its last completion, or since it was first expected if it never ran. Null: no worker ever expected it. */
  sinceSeconds: number | null
  allowedSeconds: number
  late: boolean
}
export type QueueGauges = {
  /** Number of jobs ready to run, and for how long the oldest has been. */
  ready: number
  lagSeconds: number
  /** Number of running jobs, and for how long the oldest has been. */
  running: number
  runningSeconds: number
  /** Without attempts left: they are not retried automatically. */
  failed: number
}

/** How long ago each scheduled job was last completed: a hanging job is late, like one that no worker runs. */
export async function jobGauges(sql: Sql, schedule: readonly Scheduled[]): Promise<Record<string, JobGauge>> {
  const rows = await sql<{ job: string; since: number }[]>`
    select job, extract(epoch from now() - coalesce(done_at, expected_at))::float8 as since from job_turns`
  const since = new Map(rows.map((row) => [row.job, Math.round(row.since)]))
  return Object.fromEntries(
    schedule.map(({ job, cron }) => {
      const sinceSeconds = since.get(job) ?? null
      const allowed = allowanceOf(cron)
      return [job, { sinceSeconds, allowedSeconds: allowed, late: sinceSeconds === null || sinceSeconds > allowed }]
    }),
  )
}

const allowances = new Map<string, number>()

function allowanceOf(cron: string): number {
  const known = allowances.get(cron) ?? allowedSeconds(cron)
  allowances.set(cron, known)
  return known
}

export async function queueGauges(sql: Sql): Promise<QueueGauges> {
  const [row] = await sql<QueueGauges[]>`
    select
      (count(*) filter (where locked_at is null and attempts < max_attempts and run_at <= now()))::int as ready,
      coalesce(extract(epoch from now() - min(run_at)
        filter (where locked_at is null and attempts < max_attempts and run_at <= now())), 0)::int as "lagSeconds",
      (count(*) filter (where locked_at is not null))::int as running,
      coalesce(extract(epoch from now() - min(locked_at)), 0)::int as "runningSeconds",
      (count(*) filter (where locked_at is null and attempts >= max_attempts))::int as failed
    from graphile_worker.jobs`
  return row ?? { ready: 0, lagSeconds: 0, running: 0, runningSeconds: 0, failed: 0 }
}
