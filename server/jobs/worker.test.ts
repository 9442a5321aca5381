import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, describe, expect, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import type { Connection, Sql } from '#db/client.ts'
import { events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { cancelJob, defineJob, queueJob } from '#server/platform/jobs.ts'
import { giveBackJobs, type HeartbeatTimes } from './heartbeats.ts'
import { startWorker, type Worker } from './worker.ts'

const quick: HeartbeatTimes = { heartbeatMs: 100, silentMs: 1500 }
const soon = { timeout: 10_000, interval: 25 }
const stopping: (() => unknown)[] = []

/** Represents any job: each run is recorded in the event log, under its payload. */
const send_answer = defineJob(z.object({ answerId: z.string() }), async ({ answerId }, ctx: Context) => {
  await recordEvent(ctx.db, ctx, { event: 'setting.changed', subject: { kind: 'setting', id: answerId } })
})
const queue = (db: Connection, answerId: string, options: Parameters<typeof queueJob>[3] = {}) =>
  queueJob(db, 'send_answer', { answerId }, options)

async function working(heartbeats = quick): Promise<Worker> {
  const worker = await startWorker({ jobs: { send_answer }, heartbeats })
  stopping.push(worker.stop)
  return worker
}

/** A worker in a separate process that takes one job and never finishes it. */
function startStuckProcess(): { child: ChildProcess; holdsJob: Promise<void> } {
  const program = `
    import { z } from 'zod'
    import { startWorker } from '#server/jobs/worker.ts'
    const stuck = { payload: z.unknown(), run: () => { process.send('holding'); return new Promise(() => undefined) } }
    await startWorker({ jobs: { send_answer: stuck }, concurrency: 1, heartbeats: ${JSON.stringify(quick)} })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  stopping.push(() => child.kill('SIGKILL'))
  return { child, holdsJob: new Promise((settle) => child.once('message', () => settle())) }
}

const doneOf = (sql: Sql, name: string) => async () =>
  Number((await sql`select count(*) from events where event = 'setting.changed' and subject_id = ${name}`)[0]?.count)
const queuedOf = async (sql: Sql) => Number((await sql`select count(*) from graphile_worker.jobs`)[0]?.count)

afterAll(async () => {
  for (const stop of stopping) await stop()
})

describe('a job', () => {
  test('exists only if the change that queued it does', async ({ db, sql }) => {
    const change = db.transaction(async (tx) => {
      await queue(tx, 'undone')
      throw new Error('taken back')
    })
    await expect(change).rejects.toThrow('taken back')
    expect(await queuedOf(sql)).toBe(0)
  })

  test('waits for its time, is replaced by a newer one under its key and can be cancelled', async ({ db, sql }) => {
    const runAt = new Date('2099-01-01T00:00:00Z')
    await queue(db, 'old', { runAt, jobKey: 'one' })
    await queue(db, 'new', { runAt, jobKey: 'one' })
    const [queued] = await sql`select run_at, key from graphile_worker.jobs`
    expect([await queuedOf(sql), queued]).toEqual([1, { run_at: runAt, key: 'one' }])
    await cancelJob(db, 'one')
    expect(await queuedOf(sql)).toBe(0)
  })
})

describe('the clock of a job', () => {
  test('is the database’s, even if the host of the worker is behind', async ({ db, sql }) => {
    const told: Date[] = []
    const asks = defineJob(z.object({ answerId: z.string() }), async (_, ctx: Context) => told.push(ctx.now()))
    const runAt = new Date()
    vi.useFakeTimers({ now: runAt.getTime() - 60_000, toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const worker = await startWorker({ jobs: { send_answer: asks }, heartbeats: quick })
    stopping.push(worker.stop)
    await queue(db, 'late host', { runAt })
    await expect.poll(() => queuedOf(sql), soon).toBe(0)
    expect(told).toHaveLength(1)
    expect(told[0]?.getTime()).toBeGreaterThanOrEqual(runAt.getTime())
    for (const stop of stopping.splice(0)) await stop()
  })
})

describe('a failed job', () => {
  const fails = (error: unknown) => ({
    send_answer: defineJob(z.object({ answerId: z.string() }), async () => {
      throw error
    }),
  })

  test('stores the reason in the queue, and not the error’s text', async ({ db, sql }) => {
    const secret = 'Nguyễn Thị Lan 0912345678'
    const worker = await startWorker({ jobs: fails(new Error(`Failed query: params: ${secret}`)), heartbeats: quick })
    stopping.push(worker.stop)
    await queue(db, 'fails', { maxAttempts: 1 })
    const failed = async () => (await sql`select last_error from graphile_worker.jobs where attempts = 1`)[0]
    await expect.poll(failed, soon).toEqual({ last_error: expect.stringMatching(/^defect [2-9A-Z]{10}$/) })
    for (const stop of stopping.splice(0)) await stop()
    await sql`delete from graphile_worker._private_jobs`
  })

  test('does not count as completed, any other job does', async ({ db, sql }) => {
    const done = async () => {
      const [turn] = await sql`select done_at is not null as done from job_turns where job = 'send_answer'`
      return turn?.done
    }
    const due = [{ job: 'send_answer', cron: '0 0 1 1 *', payload: { answerId: 'never' } }] as const
    const hopeless = await startWorker({ jobs: fails(new Error('no')), schedule: due, heartbeats: quick })
    stopping.push(hopeless.stop)
    await queue(db, 'fails', { maxAttempts: 1 })
    const tried = async () => (await sql`select 1 from graphile_worker.jobs where attempts = 1`).length
    await expect.poll(tried, soon).toBe(1)
    for (const stop of stopping.splice(0)) await stop()
    expect(await done()).toBe(false)
    const worker = await startWorker({ jobs: { send_answer }, schedule: due, heartbeats: quick })
    stopping.push(worker.stop)
    await queue(db, 'goes')
    await expect.poll(done, soon).toBe(true)
    for (const stop of stopping.splice(0)) await stop()
    await sql`delete from graphile_worker._private_jobs`
  })
})

describe('workers', () => {
  test('run each job once, even if there are three of them', async ({ db, sql }) => {
    await Promise.all([working(), working(), working()])
    const names = Array.from({ length: 40 }, (_, n) => `once-${n}`)
    await Promise.all(names.map((name) => queue(db, name)))
    await expect.poll(() => queuedOf(sql), soon).toBe(0)
    for (const name of names) expect(await doneOf(sql, name)()).toBe(1)
    const [event] = await db.select().from(events).where(eq(events.subjectId, 'once-0'))
    expect([event?.actorKind, event?.actorId]).toEqual(['robot', null])
  })

  test('never run a recurring job concurrently, even if it is queued in the meantime', async ({ db, sql }) => {
    for (const stop of stopping.splice(0)) await stop()
    const again = { line: 'again', jobKey: 'again' }
    const { child, holdsJob } = startStuckProcess()
    await queue(db, 'first', again)
    await holdsJob
    await working()
    await queue(db, 'second', again)
    await queue(db, 'third', again)
    await queue(db, 'beside it')
    await expect.poll(doneOf(sql, 'beside it'), soon).toBe(1)
    await expect.poll(() => queuedOf(sql), soon).toBe(2)
    child.kill('SIGKILL')
    await expect.poll(doneOf(sql, 'third'), soon).toBe(1)
    // The third replaces all that were queued before it.
    expect(await Promise.all(['first', 'second'].map((name) => doneOf(sql, name)()))).toEqual([0, 0])
    await sql`delete from graphile_worker._private_jobs`
  })

  test('take over the job of a process that was killed', async ({ db, sql }) => {
    for (const stop of stopping.splice(0)) await stop()
    const { child, holdsJob } = startStuckProcess()
    await queue(db, 'after-kill')
    await holdsJob
    child.kill('SIGKILL')
    await working()
    await expect.poll(doneOf(sql, 'after-kill'), soon).toBe(1)
    await expect.poll(() => queuedOf(sql), soon).toBe(0)
  })

  test('leave the job of a live process alone, however long it takes', async ({ db, sql }) => {
    for (const stop of stopping.splice(0)) await stop()
    const { holdsJob } = startStuckProcess()
    await queue(db, 'held')
    await holdsJob
    const [held] = await sql`select locked_by from graphile_worker.jobs`
    const beatsAgain = async () => (await sql`select from job_workers where beat_at > now() - interval '200 ms'`).length
    await expect.poll(beatsAgain, soon).toBe(1)
    expect(await giveBackJobs(sql, quick.silentMs)).not.toContain(held?.locked_by)
    expect(await doneOf(sql, 'held')()).toBe(0)
  })

  test('remove their heartbeat when they stop', async ({ sql }) => {
    for (const stop of stopping.splice(0)) await stop()
    await sql`delete from job_workers`
    const worker = await working()
    await expect.poll(() => sql`select from job_workers`.then(({ length }) => length), soon).toBe(1)
    await worker.stop()
    expect(await sql`select from job_workers`).toHaveLength(0)
  })
})
