import { EventEmitter } from 'node:events'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type JobHelpers,
  Logger,
  parseCronItems,
  type Runner,
  run,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker'
import { connectForJobs, type Database, db, sql } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { databaseClock } from '#server/platform/database-clock.ts'
import { againOf, type FollowingJob, type Job, queueJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { log } from '#server/platform/log.ts'
import { endRests } from '#server/platform/pace.ts'
import { type Announcement, liveChannel } from '#server/platform/rules/announcement.ts'
import { giveBackJobs, type HeartbeatTimes, sendHeartbeat, stopHeartbeats, usualHeartbeatTimes } from './heartbeats.ts'
import { logJobFailure } from './job-failure.ts'
import { expectTurns, noteTurn } from './turns.ts'

// biome-ignore lint/suspicious/noExplicitAny: each job reads its own payload
type JobList = Record<string, Job<any, Context>>

type Work = {
  jobs: JobList
  schedule?: readonly ScheduledJob[]
  following?: readonly FollowingJob[]
  concurrency?: number
}
type Options = Work & { heartbeats?: HeartbeatTimes }

export type Worker = { stop(): Promise<void> }

/**
 * Runs the queued jobs of DATABASE_URL until it is stopped. Any number of processes may do so: each job is taken by one
 * of them, and jobs of a killed process are taken by another once it has been silent for a while.
 */
export async function startWorker({ heartbeats = usualHeartbeatTimes, ...options }: Options): Promise<Worker> {
  const pools = new Set<string>()
  const pool = connectForJobs((options.concurrency ?? usualConcurrency) + 2)
  const own = { ...options, db: pool.db }
  let runner = await startRunner(own, pools)
  const leaving = new AbortController()
  const stopPulse = startPulse(pools, heartbeats)
  const kept = keepRunning()
  const stopFollowing = await follow(options.following ?? [])
  await expectTurns(sql, options.schedule ?? [])
  for (const { atStart, job, payload } of options.schedule ?? []) {
    if (atStart) await queueJob(db, job, payload, againOf(job))
  }

  /** The library gives up when the database is unavailable for long: restarts it, so that work continues afterwards. */
  async function keepRunning(): Promise<void> {
    while (!leaving.signal.aborted) {
      await runner.promise.catch((error: unknown) => log.warn({ err: error }, 'worker gave up'))
      if (leaving.signal.aborted) return
      pools.clear()
      await pause(heartbeats.heartbeatMs, undefined, { signal: leaving.signal }).catch(() => undefined)
      if (!leaving.signal.aborted) runner = await startRunner(own, pools).catch(() => runner)
    }
  }

  return {
    async stop() {
      if (leaving.signal.aborted) return
      leaving.abort()
      endRests()
      await stopFollowing()
      await runner.stop().catch(() => undefined)
      await kept
      await stopPulse()
      await Promise.all([...pools].map((id) => stopHeartbeats(sql, id)))
      await pool.close()
    },
  }
}

/** More than there are jobs that may catch up for hours: what people wait for always finds a place. */
const usualConcurrency = 8

type Running = Work & { db: Database }

async function startRunner(
  { jobs, schedule = [], concurrency = usualConcurrency, db }: Running,
  pools: Set<string>,
): Promise<Runner> {
  const events = new EventEmitter() as WorkerEvents
  events.on('pool:create', ({ workerPool }) => pools.add(workerPool.id))
  return run({
    connectionString: process.env.DATABASE_URL,
    taskList: tasksOf(jobs, schedule, db),
    parsedCronItems: parseCronItems(schedule.map(cronItemOf)),
    concurrency,
    maxPoolSize: concurrency + 2,
    pollInterval: 1000,
    noHandleSignals: true,
    logger,
    events,
  })
}

function tasksOf(jobs: JobList, schedule: readonly ScheduledJob[], db: Database): TaskList {
  const scheduled = new Set<string>(schedule.map(({ job }) => job))
  return Object.fromEntries(
    Object.entries(jobs).map(([name, { payload, run }]) => [
      name,
      async (given: unknown, { job: { id, attempts, max_attempts } }: JobHelpers) => {
        try {
          const context: Context = { db, actor: robot, now: await databaseClock(db), requestId: null, ip: null }
          await run(payload.parse(given), context)
          if (scheduled.has(name)) await noteTurn(sql, name)
        } catch (error) {
          throw logJobFailure(error, { job: name, jobId: id, attempt: attempts, attempts: max_attempts })
        }
      },
    ]),
  )
}

/** A run missed while no worker was up is caught up. */
function cronItemOf({ job, cron, payload }: ScheduledJob) {
  return {
    task: job,
    match: cron,
    payload: payload as Record<string, unknown>,
    options: { backfillPeriod: 12 * 3_600_000, jobKey: job, queueName: job },
  }
}

/** Changes within this span, in milliseconds, queue the following jobs once. */
const followedAfter = 500

/**
 * Listens for changes of reports and queues the following jobs: under one key, so that several workers queue them once.
 */
async function follow(jobs: readonly FollowingJob[]): Promise<() => Promise<void>> {
  if (jobs.length === 0) return async () => undefined
  let timer: NodeJS.Timeout | undefined
  const queue = async () => {
    timer = undefined
    try {
      for (const { job, payload } of jobs) await queueJob(db, job, payload, againOf(job))
    } catch (error) {
      log.warn({ err: error }, 'worker could not follow a change')
    }
  }
  const { unlisten } = await sql.listen(liveChannel, (text) => {
    if (text === '' || (JSON.parse(text) as Announcement).kind !== 'report') return
    timer ??= setTimeout(() => void queue(), followedAfter)
  })
  return async () => {
    clearTimeout(timer)
    await unlisten().catch(() => undefined)
  }
}

/** Writes the heartbeats of this process, and releases the jobs of processes that are dead. */
function startPulse(pools: ReadonlySet<string>, { heartbeatMs, silentMs }: HeartbeatTimes): () => Promise<void> {
  const host = hostname()
  const once = async () => {
    try {
      await Promise.all([...pools].map((id) => sendHeartbeat(sql, id, host)))
      const silent = await giveBackJobs(sql, silentMs)
      if (silent.length > 0) log.warn({ workers: silent }, 'gave back the jobs of silent workers')
    } catch (error) {
      log.warn({ err: error }, 'worker could not say that it lives')
    }
  }
  let last = once()
  const timer = setInterval(() => {
    last = last.then(once)
  }, heartbeatMs)
  return async () => {
    clearInterval(timer)
    await last
  }
}

const logger = new Logger(() => (level, message, meta) => {
  // Already logged, with its cause and without the queue's text.
  if (meta?.failure) return
  const word = level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'debug'
  log[word]({ ...(meta?.error ? { err: meta.error } : {}) }, message)
})
