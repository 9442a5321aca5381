import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { eq, inArray, sql } from 'drizzle-orm'
import { afterAll, describe, expect } from 'vitest'
import { connect, type Database, type Sql } from '#db/client.ts'
import { buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletinPublications, bulletins, events } from '#db/schema/index.ts'
import { test as plain } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { startWorker } from '#server/jobs/worker.ts'
import { DomainError } from '#server/platform/errors.ts'
import { publishBulletin, scheduleBulletin, unscheduleBulletin } from './commands/publish-bulletin.ts'
import { publishDue } from './commands/publish-due.ts'
import { sweepSchedules } from './commands/sweep-schedules.ts'
import { bulletinJobs, bulletinSchedule } from './jobs.ts'
import { scheduleGauges } from './queries/gauges.ts'
import { bulletinMarks, bulletinsIssued } from './queries/issued.ts'

const test = plain.extend('many', { scope: 'file' }, ({ databaseUrl }, { onCleanup }) => {
  const client = connect(databaseUrl, { max: 12 })
  onCleanup(client.close)
  return client.db
})

const dueAt = hanoi('2026-03-02 09:30')
const robotAt = (db: Database, at: Date): Context => ({ db, actor: robot, now: () => at })
const later = (minutes: number) => new Date(dueAt.getTime() + minutes * 60_000)

/** This many bulletins that wait for half past nine, in a separate incident. */
async function waiting(db: Database, count: number) {
  const incident = await buildIncident(db)
  const { editor, chief } = await buildNewsroom(db)
  const rows = []
  for (let at = 0; at < count; at += 1) {
    rows.push(
      await buildBulletin(db, {
        state: 'scheduled',
        scheduledFor: dueAt,
        incidentId: incident.id,
        authorId: editor.id,
        approvedById: chief.id,
        content: contentOf(`Bản tin số ${at + 1}`),
      }),
    )
  }
  return { incident, chief, editor, rows, ids: rows.map(({ id }) => id) }
}

/** Each published exactly once: one row in the publication log, one event, and the numbers without a gap. */
async function assertEachOnce(db: Database, ids: readonly string[]): Promise<void> {
  const out = await db
    .select()
    .from(bulletins)
    .where(inArray(bulletins.id, [...ids]))
  expect(out.map(({ state }) => state)).toEqual(ids.map(() => 'published'))
  expect(out.map(({ number }) => number).sort((a, b) => Number(a) - Number(b))).toEqual(ids.map((_, at) => at + 1))
  const log = await db
    .select()
    .from(bulletinPublications)
    .where(inArray(bulletinPublications.bulletinId, [...ids]))
  expect(log).toHaveLength(ids.length)
  const told = await db
    .select({ id: events.subjectId })
    .from(events)
    .where(sql`${events.event} = 'bulletin.published' and ${inArray(events.subjectId, [...ids])}`)
  expect(told.map(({ id }) => id).sort()).toEqual([...ids].sort())
}

const codeOf = (error: unknown) => (error instanceof DomainError ? error.code : String(error))

describe('a time', () => {
  test('is not in the past and not within two minutes; unscheduled, the bulletin is approved again', async ({ db }) => {
    const { editor, chief } = await buildNewsroom(db)
    const built = await buildBulletin(db, { state: 'approved', authorId: editor.id, approvedById: chief.id })
    const ctx = actingAt(db, chief, '09:00')
    const set = (local: string) =>
      scheduleBulletin(ctx, { id: built.id, version: 1, at: hanoi(`2026-03-02 ${local}`), acknowledged: [] })
    await expect(set('08:59')).rejects.toThrow('schedule_in_past')
    await expect(set('09:01')).rejects.toThrow('schedule_too_close')
    const scheduled = await set('09:02')
    expect(scheduled.state).toBe('scheduled')
    const back = await unscheduleBulletin(ctx, scheduled)
    expect(back.state).toBe('approved')
    expect(await publishDue(robotAt(db, hanoi('2026-03-02 12:00')), built.currentRevisionId ?? '')).toBe(0)
    const again = await scheduleBulletin(ctx, { ...back, at: hanoi('2026-03-02 09:30'), acknowledged: [] })
    expect(await publishDue(robotAt(db, dueAt), built.currentRevisionId ?? '')).toBe(1)
    const [row] = await db.select().from(bulletins).where(eq(bulletins.id, again.id))
    expect(row).toMatchObject({ state: 'published', scheduledFor: null })
  })

  test('that has not come publishes nothing, whatever the clock of one process says', async ({ db }) => {
    const { ids } = await waiting(db, 1)
    expect(await publishDue(robotAt(db, later(-1)))).toBe(0)
    await Promise.all([
      publishDue(robotAt(db, later(0))),
      publishDue(robotAt(db, later(-5))),
      publishDue(robotAt(db, later(7))),
    ])
    await assertEachOnce(db, ids)
  })
})

test('the log names the robot, who approved and how late it was', async ({ db }) => {
  const { ids, chief, incident } = await waiting(db, 1)
  await publishDue(robotAt(db, new Date(dueAt.getTime() + 420)))
  const [log] = await db.select().from(bulletinPublications).where(inArray(bulletinPublications.bulletinId, ids))
  expect(log).toMatchObject({ dueAt, delayMillis: 420, publishedById: null, approvedById: chief.id, kind: 'first' })
  const [event] = await db
    .select()
    .from(events)
    .where(sql`${events.event} = 'bulletin.published' and ${events.subjectId} = ${ids[0]}`)
  expect(event).toMatchObject({
    actorKind: 'robot',
    actorId: null,
    details: { approvedById: chief.id, delayMillis: 420 },
  })
  expect(await bulletinsIssued(db, incident.id)).toBe(1)
  const marks = await bulletinMarks(db, { from: dueAt, to: later(1), incidentId: incident.id })
  expect(marks).toMatchObject([{ bulletinId: ids[0], number: 1, title: 'Bản tin số 1' }])
})

test('315 due at once are published once each by six workers', { timeout: 120_000 }, async ({ db, many }) => {
  const { ids } = await waiting(db, 315)
  const done = await Promise.all(Array.from({ length: 6 }, () => publishDue(robotAt(many, later(1)))))
  expect(done.reduce((sum, count) => sum + count, 0)).toBe(315)
  await assertEachOnce(db, ids)
})

test('cancelled at the last second, it is published or it is not, and both sides know which', async ({ db, many }) => {
  const { rows, chief, ids } = await waiting(db, 24)
  const outcomes = await Promise.all(
    rows.map(async ({ id, version, currentRevisionId }) => {
      const [cancelled] = await Promise.allSettled([
        unscheduleBulletin({ ...actingAt(many, chief, '09:30') }, { id, version }),
        publishDue(robotAt(many, dueAt), currentRevisionId ?? ''),
      ])
      return [id, cancelled.status === 'fulfilled' ? 'approved' : codeOf(cancelled.reason)] as const
    }),
  )
  for (const [id, outcome] of outcomes) {
    const [row] = await db.select().from(bulletins).where(eq(bulletins.id, id))
    expect([outcome, row?.state]).toEqual(outcome === 'approved' ? ['approved', 'approved'] : ['conflict', 'published'])
  }
  const log = await db.select().from(bulletinPublications).where(inArray(bulletinPublications.bulletinId, ids))
  expect(log).toHaveLength(outcomes.filter(([, outcome]) => outcome === 'conflict').length)
})

test('published manually while the robot claims it, it is published once', async ({ db, many }) => {
  const { rows, chief, ids } = await waiting(db, 12)
  await Promise.all(
    rows.flatMap(({ id, version, currentRevisionId }) => [
      publishBulletin(actingAt(many, chief, '09:30'), { id, version, acknowledged: [] }).catch((error) =>
        expect(codeOf(error)).toBe('conflict'),
      ),
      publishDue(robotAt(many, dueAt), currentRevisionId ?? ''),
    ]),
  )
  await assertEachOnce(db, ids)
})

test('one that cannot be published does not block the others', async ({ db, sql: plainSql }) => {
  const { ids, rows } = await waiting(db, 3)
  const [, bad] = rows
  // A newer revision inserted behind the desk's back: the trigger refuses to treat the approved one as the latest.
  await plainSql`insert into bulletin_revisions (bulletin_id, number, editor_id, content, words, created_at, saved_at)
    select bulletin_id, 2, editor_id, content, words, now(), now() from bulletin_revisions where bulletin_id = ${bad?.id ?? ''}`
  await expect(publishDue(robotAt(db, dueAt))).rejects.toThrow('1 scheduled')
  const out = await db.select().from(bulletins).where(inArray(bulletins.id, ids))
  expect(out.map(({ state }) => state).sort()).toEqual(['published', 'published', 'scheduled'])
  await plainSql`update bulletin_schedules set cancelled_at = now() where bulletin_id = ${bad?.id ?? ''}`
})

test('a schedule a minute overdue is found and queued again; one that can never be published is found each time', async ({
  db,
  sql: plainSql,
}) => {
  const { ids, rows } = await waiting(db, 2)
  const [good, bad] = rows
  await plainSql`update bulletins set state = 'approved', scheduled_for = null where id = ${bad?.id ?? ''}`
  const queued = () =>
    plainSql`select key from graphile_worker.jobs where key like 'publish_bulletin:%' and attempts < max_attempts`
  await plainSql`select graphile_worker.remove_job(key) from graphile_worker.jobs where key like 'publish_bulletin:%'`
  expect(await sweepSchedules(robotAt(db, dueAt))).toBe(0)
  expect([await sweepSchedules(robotAt(db, later(1))), await sweepSchedules(robotAt(db, later(2)))]).toEqual([2, 2])
  expect(await queued()).toEqual([{ key: `publish_bulletin:${good?.currentRevisionId}` }])
  expect(await publishDue(robotAt(db, later(3)), good?.currentRevisionId ?? '')).toBe(1)
  expect(await sweepSchedules(robotAt(db, later(4)))).toBe(1)
  await plainSql`update bulletin_schedules set cancelled_at = now() where bulletin_id = any(${ids}::uuid[]) and published_at is null`
  await plainSql`delete from graphile_worker._private_jobs`
})

const stopping: (() => unknown)[] = []
afterAll(async () => {
  for (const stop of stopping) await stop()
})

/** A process that claims what is due, publishes it, and is killed before it can commit. */
function startDyingProcess(): { child: ChildProcess; isHolding: Promise<void> } {
  const program = `
    import { db } from '#db/client.ts'
    import { robot } from '#server/accounts/rules/actor.ts'
    import { publishDue } from '#server/bulletins/commands/publish-due.ts'
    const stop = async (work) => db.transaction(async (tx) => {
      await work(tx)
      process.send('holding')
      return new Promise(() => undefined)
    })
    const halfway = new Proxy(db, { get: (target, key) => key === 'transaction' ? stop : Reflect.get(target, key) })
    await publishDue({ db: halfway, actor: robot, now: () => new Date() })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  stopping.push(() => child.kill('SIGKILL'))
  return { child, isHolding: new Promise((settle) => child.once('message', () => settle())) }
}

async function setBack(db: Sql, ids: readonly string[], minutes: number): Promise<void> {
  const at = new Date(Date.now() - minutes * 60_000)
  await db`update bulletins set scheduled_for = ${at} where id = any(${[...ids]}::uuid[])`
  await db`update bulletin_schedules set due_at = ${at} where bulletin_id = any(${[...ids]}::uuid[])`
}

test('killed in the middle, it is not published; the next process publishes it once', async ({ db, sql: plainSql }) => {
  const { ids } = await waiting(db, 3)
  await setBack(plainSql, ids, 1)
  const { child, isHolding } = startDyingProcess()
  await isHolding
  // Its number is locked until it is dead: another publication in the same incident waits for that, and for nothing
  // more.
  const others = publishDue(robotAt(db, new Date()))
  child.kill('SIGKILL')
  await others
  const all = async () =>
    (await db.select().from(bulletins).where(inArray(bulletins.id, ids))).filter(({ state }) => state === 'published')
      .length
  await expect
    .poll(
      async () => {
        await publishDue(robotAt(db, new Date()))
        return all()
      },
      { timeout: 10_000, interval: 50 },
    )
    .toBe(3)
  await assertEachOnce(db, ids)
})

test('after two hours without a worker the next start catches up on what was missed, and the gauges say so', async ({
  db,
  sql: plainSql,
}) => {
  const { ids } = await waiting(db, 5)
  await setBack(plainSql, ids, 120)
  const before = await scheduleGauges(plainSql)
  expect(before).toMatchObject({ scheduled: 5, overdue: 5 })
  expect(before.oldestOverdueSeconds).toBeGreaterThanOrEqual(7200)
  const start = () => startWorker({ jobs: bulletinJobs, schedule: bulletinSchedule })
  const workers = await Promise.all([start(), start()])
  stopping.push(...workers.map(({ stop }) => stop))
  await expect.poll(async () => (await scheduleGauges(plainSql)).overdue, { timeout: 20_000, interval: 50 }).toBe(0)
  await assertEachOnce(db, ids)
  expect(await scheduleGauges(plainSql)).toMatchObject({ scheduled: 0, oldestOverdueSeconds: 0 })
})
