import { and, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database, Sql } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildFailedJob } from '#db/factories/failed-jobs.ts'
import { events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import * as en from '#messages/en/index.ts'
import * as vi from '#messages/vi/index.ts'
import type { Role } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { failedJobs } from '../queries/failed-jobs.ts'
import { jobs } from '../registry.ts'
import { jobFailureReasons } from '../rules/failure.ts'
import { retryJobs } from './retry-jobs.ts'

const now = () => hanoi('2026-03-02 12:00')
const actingAs = async (db: Database, role: Role) => ({ db, actor: await buildActor(db, role), now })
const attemptsOf = async (sql: Sql, id: string) =>
  (await sql`select attempts from graphile_worker.jobs where id = ${id}::bigint`)[0]?.attempts

test('only an administrator of the city sees failed jobs and may retry them', async ({ db, sql }) => {
  const id = await buildFailedJob(db)
  for (const role of ['manager', 'auditor', 'chief_editor', 'dispatcher'] as const) {
    const ctx = await actingAs(db, role)
    await expect(failedJobs(ctx)).rejects.toThrow('forbidden')
    await expect(retryJobs(ctx, { ids: [id] })).rejects.toThrow('forbidden')
  }
  expect(await attemptsOf(sql, id)).toBe(25)
})

test('failures are shown with our own reasons, never with the error’s text or the payload', async ({ db, sql }) => {
  await sql`delete from graphile_worker._private_jobs`
  await sql`select graphile_worker.add_job('notify')`
  const about = { payload: { name: 'Nguyễn Thị Lan' } }
  await buildFailedJob(db, { job: 'send_mailings', lastError: 'mail_unreachable ABCDE23456', ...about })
  await buildFailedJob(db, { job: 'tell_chief', lastError: 'Failed query: params: 0912345678', attempts: 3, ...about })
  const { jobs: found, total } = await failedJobs(await actingAs(db, 'admin'))
  expect(total).toBe(2)
  expect(found.map(({ job, attempts, reason, fault }) => [job, attempts, reason, fault])).toEqual([
    ['tell_chief', 3, 'other', null],
    ['send_mailings', 25, 'mail_unreachable', 'ABCDE23456'],
  ])
  expect(found[0]?.failedAt).toBeInstanceOf(Date)
  expect(JSON.stringify(found)).not.toMatch(/0912345678|Lan/)
})

test('a retry resets the attempts, happens once for concurrent requests, and is logged with its actor', async ({
  db,
  sql,
}) => {
  await sql`delete from graphile_worker._private_jobs`
  const [one, two, other] = [await buildFailedJob(db), await buildFailedJob(db), await buildFailedJob(db)]
  const waiting = (await sql`select (graphile_worker.add_job('notify')).id::text`)[0]?.id as string
  const ctx = await actingAs(db, 'admin')
  const ids = [one, two, waiting]
  const outcomes = await Promise.allSettled([retryJobs(ctx, { ids }), retryJobs(ctx, { ids })])
  expect(outcomes.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.code)).sort()).toEqual([
    { count: 2 },
    'job_not_failed',
  ])
  expect([await attemptsOf(sql, one), await attemptsOf(sql, two), await attemptsOf(sql, other)]).toEqual([0, 0, 25])
  const told = await db
    .select()
    .from(events)
    .where(and(eq(events.event, 'job.retried'), eq(events.actorId, ctx.actor.id as string)))
  expect(told).toMatchObject([{ subjectId: 'jobs', details: { jobs: ['tell_chief'], jobCount: 2 } }])
})

test('every job and every reason has its text in both languages', () => {
  for (const words of [vi.jobs, en.jobs]) {
    expect(Object.keys(words.names).sort()).toEqual(Object.keys(jobs).sort())
    expect(Object.keys(words.reasons).sort()).toEqual([...jobFailureReasons].sort())
  }
})
