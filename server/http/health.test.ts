import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { buildFailedJob } from '#db/factories/failed-jobs.ts'
import { test as databaseTest } from '#db/testing.ts'
import { sendHeartbeat } from '#server/jobs/heartbeats.ts'
import { schedule } from '#server/jobs/registry.ts'
import { allowedSeconds, expectTurns, longestGap, noteTurn } from '#server/jobs/turns.ts'
import { environment } from '#server/platform/environment.ts'
import { jobLimits } from '#server/platform/rules/limits.ts'
import { createDeskServer } from './desk-server.ts'
import type { Readiness } from './health.ts'
import { leaveInOrder } from './leave.ts'

type Desk = { server: Server; origin: string; leaving: AbortController; endPage: () => void }

/** A desk with one page, which the test ends explicitly. */
async function openDesk(): Promise<Desk> {
  const leaving = new AbortController()
  const ended = Promise.withResolvers<void>()
  const server = createDeskServer({
    files: (_request, _response, otherwise) => otherwise(),
    environment: { trustedProxies: [], appUrl: undefined },
    doors: [],
    leaving: leaving.signal,
    pages: async (_request, response) => {
      response.write('begun')
      await ended.promise
      response.end(', ended')
    },
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { server, origin, leaving, endPage: ended.resolve }
}

const test = databaseTest.extend('desk', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const desk = await openDesk()
  onCleanup(() => {
    desk.server.closeAllConnections()
    desk.server.close()
  })
  return desk
})

async function health({ origin }: Pick<Desk, 'origin'>): Promise<Readiness & { code: number }> {
  const answer = await fetch(`${origin}/api/health/ready`)
  return { code: answer.status, ...((await answer.json()) as Readiness) }
}

test('a desk without a worker serves pages, and reports an alarm', async ({ desk, sql }) => {
  const without = await health(desk)
  expect([without.code, without.status, without.checks]).toEqual([200, 'ok', { database: 'ok', migrations: 'ok' }])
  expect(without.alarms).toContain('no_worker')
  await sendHeartbeat(sql, 'worker-of-this-test', 'here')
  const withOne = await health(desk)
  expect([withOne.details.workers, withOne.alarms.includes('no_worker')]).toEqual([{ beating: 1 }, false])
})

test('each scheduled job has its own limit for being late, regardless of heartbeats', async ({ desk, sql }) => {
  await sendHeartbeat(sql, 'worker-of-this-test', 'here')
  expect((await health(desk)).alarms).toContain('job_late:notify')
  await expectTurns(sql, schedule)
  for (const { job } of schedule) await noteTurn(sql, job)
  const well = await health(desk)
  expect([well.code, well.alarms]).toEqual([200, []])
  expect(Object.keys(well.details.jobs ?? {})).toHaveLength(schedule.length)
  // It hangs: its worker is alive, but no run is completed.
  await sql`update job_turns set done_at = now() - interval '10 minutes' where job in ('notify', 'mail_notifications')`
  const hung = await health(desk)
  expect([hung.code, hung.alarms]).toEqual([200, ['job_late:notify']])
  expect(hung.details.jobs?.notify).toMatchObject({ allowedSeconds: 360, late: true })
  await expectTurns(sql, schedule)
  expect((await health(desk)).alarms).toEqual(['job_late:notify'])
  await noteTurn(sql, 'notify')
  expect((await health(desk)).alarms).toEqual([])
})

test('a missing alert key is an alarm in a desk in use', async ({ desk }) => {
  const settings = environment()
  const before = { ...settings }
  onTestFinished(() => void Object.assign(settings, before))
  Object.assign(settings, { production: true, demo: false, capKeyFile: join(tmpdir(), randomUUID()) })
  const { code, alarms, details } = await health(desk)
  expect([code, alarms.includes('no_alert_key'), details.alertKey]).toEqual([200, true, 'failed'])
})

test('a job that is not taken, and one that does not end, are alarms; a failed one is counted', async ({
  desk,
  db,
  sql,
}) => {
  await sql`select graphile_worker.add_job('send_answer', run_at => now() - interval '11 minutes')`
  const [held] = await sql`select (graphile_worker.add_job('send_answer', run_at => now() + interval '1 day')).id`
  await sql`update graphile_worker._private_jobs set locked_by = 'w', locked_at = now() - interval '2 hours' where id = ${held?.id}`
  await buildFailedJob(db)
  const { alarms, details } = await health(desk)
  expect(alarms).toEqual(['queue_lags', 'job_hangs'])
  expect(details.queue).toMatchObject({ ready: 1, running: 1, failed: 1 })
  expect(details.queue?.lagSeconds).toBeGreaterThanOrEqual(660)
  await sql`delete from graphile_worker._private_jobs`
})

test('an outdated schema makes the desk unready', async ({ desk, sql }) => {
  const [newest] = await sql`
    delete from drizzle.__drizzle_migrations
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations) returning hash, created_at`
  const behind = await health(desk)
  expect([behind.code, behind.status, behind.checks.migrations]).toEqual([503, 'unavailable', 'failed'])
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${newest?.hash}, ${newest?.created_at})`
})

test.for([
  ['* * * * *', 60, 360],
  ['*/15 * * * *', 900, 1200],
  ['17 * * * *', 3600, 4500],
  ['10 17 * * *', 86_400, 90_000],
  ['0 1 * * 1', 7 * 86_400, 7 * 86_400 + 3600],
] as const)('a job that comes at %s pauses for %i s, and is late after %i s', ([cron, gap, allowed]) => {
  expect([longestGap(cron), allowedSeconds(cron)]).toEqual([gap, allowed])
  expect(allowed - gap).toBeGreaterThanOrEqual(jobLimits.grace.leastSeconds)
})

test('a desk that shuts down first reports it, still accepts requests, then closes its port and finishes its work', async ({
  databaseUrl,
}) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const desk = await openDesk()
  // An idle keep-alive connection would hold the desk for longer than the test may take.
  desk.server.keepAliveTimeout = 1_000_000
  onTestFinished(() => desk.server.closeAllConnections())
  const begun = await fetch(`${desk.origin}/slow`)
  const left = leaveInOrder({ server: desk.server, noticeSeconds: 0.5, announce: () => desk.leaving.abort() })
  const said = await health(desk)
  expect([said.code, said.status, said.checks.database]).toEqual([503, 'leaving', 'ok'])
  expect((await fetch(`${desk.origin}/api/health/live`)).status).toBe(200)
  const late = await fetch(`${desk.origin}/slow`)
  expect([late.status, late.headers.get('connection')]).toEqual([200, 'close'])
  const isClosed = () =>
    fetch(`${desk.origin}/api/health/live`).then(
      () => false,
      () => true,
    )
  await expect.poll(isClosed, { timeout: 5000, interval: 25 }).toBe(true)
  const closed = once(desk.server, 'close')
  desk.endPage()
  expect(await Promise.all([begun.text(), late.text()])).toEqual(['begun, ended', 'begun, ended'])
  await Promise.all([left, closed])
})
