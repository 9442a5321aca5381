import { EventEmitter } from 'node:events'
import { hostname } from 'node:os'
import { Logger, parseCronItems, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import { db, sql } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { now } from '#server/platform/clock.ts'
import { type Job, queueJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { log } from '#server/platform/log.ts'
import { type Beats, beat, giveBackJobs, stopBeating, usualBeats } from './beats.ts'

// biome-ignore lint/suspicious/noExplicitAny: each job reads its own payload
export type JobList = Record<string, Job<any, Context>>

type Options = { jobs: JobList; schedule?: readonly ScheduledJob[]; concurrency?: number; beats?: Beats }

export type Worker = { stop(): Promise<void> }

/**
 * Does the queued jobs of DATABASE_URL until it is stopped. Any number of processes may: each job goes to one of them, and
 * those of a process that was killed go to another once it has been silent for a while.
 */
export async function startWorker({
  jobs,
  schedule = [],
  concurrency = 4,
  beats = usualBeats,
}: Options): Promise<Worker> {
  const events = new EventEmitter() as WorkerEvents
  const pools = new Set<string>()
  events.on('pool:create', ({ workerPool }) => pools.add(workerPool.id))
  events.on('job:error', ({ job, error }) => {
    log.error({ err: error, job: job.task_identifier, jobId: job.id, attempt: job.attempts }, 'job failed')
  })
  const runner = await run({
    connectionString: process.env.DATABASE_URL,
    taskList: tasksOf(jobs),
    parsedCronItems: parseCronItems(schedule.map(cronItemOf)),
    concurrency,
    maxPoolSize: concurrency + 2,
    pollInterval: 1000,
    noHandleSignals: true,
    logger,
    events,
  })
  const stopPulse = startPulse(pools, beats)
  for (const { atStart, job, payload } of schedule) {
    if (atStart) await queueJob(db, job, payload, { jobKey: job })
  }
  return {
    async stop() {
      await runner.stop()
      await stopPulse()
      await Promise.all([...pools].map((id) => stopBeating(sql, id)))
    },
  }
}

function tasksOf(jobs: JobList): TaskList {
  const context: Context = { db, actor: robot, now, requestId: null, ip: null }
  return Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      async (payload: unknown) => {
        await job.run(job.payload.parse(payload), context)
      },
    ]),
  )
}

/** A run missed while no worker was up is made good, once it is. */
function cronItemOf({ job, cron, payload }: ScheduledJob) {
  return {
    task: job,
    match: cron,
    payload: payload as Record<string, unknown>,
    options: { backfillPeriod: 12 * 3_600_000, jobKey: job },
  }
}

/** Says that this process lives, and looks after the jobs of those that no longer do. */
function startPulse(pools: ReadonlySet<string>, { beatMs, silentMs }: Beats): () => Promise<void> {
  const host = hostname()
  const once = async () => {
    try {
      await Promise.all([...pools].map((id) => beat(sql, id, host)))
      const silent = await giveBackJobs(sql, silentMs)
      if (silent.length > 0) log.warn({ workers: silent }, 'gave back the jobs of silent workers')
    } catch (error) {
      log.warn({ err: error }, 'worker could not say that it lives')
    }
  }
  let last = once()
  const timer = setInterval(() => {
    last = last.then(once)
  }, beatMs)
  return async () => {
    clearInterval(timer)
    await last
  }
}

const logger = new Logger(() => (level, message, meta) => {
  const word = level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'debug'
  log[word]({ ...(meta?.error ? { err: meta.error } : {}) }, message)
})
