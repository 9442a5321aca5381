import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from '#db/client.ts'
import { type ScheduleGauges, scheduleGauges } from '#server/bulletins/queries/gauges.ts'
import { isWorkerBeating } from '#server/jobs/beats.ts'

type Check = 'ok' | 'failed'
export type Readiness = {
  status: 'ok' | 'unavailable'
  checks: Record<'database' | 'migrations' | 'worker', Check>
  /**
   * Nothing that keeps anyone from working: whether the figures of the insights agreed with the log last night, and how the
   * scheduler of bulletins stands, where the database says it.
   */
  details: { figures: Check; bulletins: BulletinGauges | null }
}

/** A bulletin overdue for a minute is an alarm; pages are served as well as before. */
type BulletinGauges = ScheduleGauges & { alarm: boolean }

const patience = 3000
const alarmSeconds = 60
const journal = join(import.meta.dirname, '../../db/migrations/meta/_journal.json')

/** Whether this process can do its work now: the database answers, has the newest schema, and someone does the jobs. */
export async function readiness(sql: Sql): Promise<Readiness> {
  const [database, migrations, worker, figures, bulletins] = await Promise.all([
    holds(async () => (await sql`select 1`).length === 1),
    holds(() => isMigrated(sql)),
    holds(() => isWorkerBeating(sql)),
    holds(() => didFiguresAgree(sql)),
    bulletinGauges(sql),
  ])
  const isReady = database && migrations && worker
  const word = (holds: boolean): Check => (holds ? 'ok' : 'failed')
  return {
    status: isReady ? 'ok' : 'unavailable',
    checks: { database: word(database), migrations: word(migrations), worker: word(worker) },
    details: { figures: word(figures), bulletins },
  }
}

async function bulletinGauges(sql: Sql): Promise<BulletinGauges | null> {
  let gauges: BulletinGauges | null = null
  await holds(async () => {
    const found = await scheduleGauges(sql)
    gauges = { ...found, alarm: found.oldestOverdueSeconds > alarmSeconds }
    return true
  })
  return gauges
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

async function holds(check: () => Promise<boolean>): Promise<boolean> {
  const giveUp = new AbortController()
  const tooLong = pause(patience, undefined, { signal: giveUp.signal, ref: false }).then(() => {
    throw new Error('too slow')
  })
  try {
    return await Promise.race([check(), tooLong])
  } catch {
    return false
  } finally {
    giveUp.abort()
    tooLong.catch(() => undefined)
  }
}
