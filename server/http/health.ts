import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from '#db/client.ts'
import { hasAlertKey } from '#server/bulletins/alert-key.ts'
import { type ScheduleGauges, scheduleGauges } from '#server/bulletins/queries/gauges.ts'
import { liveWorkers } from '#server/jobs/heartbeats.ts'
import { schedule } from '#server/jobs/registry.ts'
import { type JobGauge, jobGauges, type QueueGauges, queueGauges } from '#server/jobs/turns.ts'
import { healthLimits, jobLimits } from '#server/platform/rules/limits.ts'

type Check = 'ok' | 'failed'
export type Readiness = {
  /** `leaving`: the process is shutting down and takes no new work, but it still answers. */
  status: 'ok' | 'unavailable' | 'leaving'
  /** Conditions without which the desk cannot be used. */
  checks: Record<'database' | 'migrations', Check>
  /** Problems for an operator. Pages are still served, so the process stays in service. */
  alarms: string[]
  /** The fields are null if the database does not answer. */
  details: Details
}
type Details = {
  /** The live workers of all processes. */
  workers: { beating: number } | null
  jobs: Record<string, JobGauge> | null
  queue: QueueGauges | null
  /** Whether the figures of the insights agreed with the log last night. */
  figures: Check | null
  bulletins: ScheduleGauges | null
  /** Whether there is a key to sign alerts with. */
  alertKey: Check
}

const journal = join(import.meta.dirname, '../../db/migrations/meta/_journal.json')

const checks = new WeakMap<Sql, Promise<Readiness>>()

/**
 * Whether this process can work now: the database answers and has the newest schema. Other problems are alarms. Anyone
 * may call it at any rate: concurrent calls share one check.
 */
export async function readiness(sql: Sql, isLeaving = false): Promise<Readiness> {
  const underWay = checks.get(sql) ?? findOut(sql).finally(() => checks.delete(sql))
  checks.set(sql, underWay)
  const found = await underWay
  return isLeaving ? { ...found, status: 'leaving' } : found
}

async function findOut(sql: Sql): Promise<Readiness> {
  const [database, migrations, workers, jobs, queue, figures, bulletins, signs] = await Promise.all([
    answered(async () => (await sql`select 1`).length === 1),
    answered(() => isMigrated(sql)),
    answered(async () => ({ beating: await liveWorkers(sql) })),
    answered(() => jobGauges(sql, schedule)),
    answered(() => queueGauges(sql)),
    answered(() => didFiguresAgree(sql)),
    answered(() => scheduleGauges(sql)),
    answered(hasAlertKey),
  ])
  const figuresWord = figures === null ? null : wordFor(figures)
  const details = { workers, jobs, queue, figures: figuresWord, bulletins, alertKey: wordFor(signs) }
  const isReady = database === true && migrations === true
  return {
    status: isReady ? 'ok' : 'unavailable',
    checks: { database: wordFor(database), migrations: wordFor(migrations) },
    alarms: alarmsIn(details),
    details,
  }
}

const wordFor = (holds: boolean | null): Check => (holds ? 'ok' : 'failed')

function alarmsIn({ workers, jobs, queue, figures, bulletins, alertKey }: Details): string[] {
  const late = Object.entries(jobs ?? {}).filter(([, gauge]) => gauge.late)
  return [
    ...(workers?.beating === 0 ? ['no_worker'] : []),
    ...late.map(([job]) => `job_late:${job}`),
    ...(queue && queue.lagSeconds > jobLimits.lagSeconds ? ['queue_lags'] : []),
    ...(queue && queue.runningSeconds > jobLimits.runningSeconds ? ['job_hangs'] : []),
    ...(figures === 'failed' ? ['figures_differ'] : []),
    ...(bulletins && bulletins.oldestOverdueSeconds > healthLimits.bulletinSeconds ? ['bulletin_overdue'] : []),
    ...(alertKey === 'failed' ? ['no_alert_key'] : []),
  ]
}

async function isMigrated(sql: Sql): Promise<boolean> {
  const { entries } = JSON.parse(await readFile(journal, 'utf8')) as { entries: { when: number }[] }
  const [applied] = await sql`select max(created_at)::bigint as newest from drizzle.__drizzle_migrations`
  return Number(applied?.newest ?? 0) >= Math.max(...entries.map(({ when }) => when))
}

async function didFiguresAgree(sql: Sql): Promise<boolean> {
  const [last] = await sql<{ failed: number }[]>`select failed from fact_checks order by id desc limit 1`
  return !last || last.failed === 0
}

/** The answer; null if it failed or did not arrive in time. */
async function answered<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  const giveUp = new AbortController()
  const tooLong = pause(healthLimits.longestWaitSeconds * 1000, null, { signal: giveUp.signal, ref: false })
  try {
    return await Promise.race([ask(), tooLong])
  } catch {
    return null
  } finally {
    giveUp.abort()
    tooLong.catch(() => undefined)
  }
}
