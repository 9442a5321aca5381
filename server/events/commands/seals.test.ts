import { asc, eq, sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database, Sql } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { eventSeals, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { recordEvent } from '../commands.ts'
import { checkSeals } from './check-seals.ts'
import { sealDays } from './seal-days.ts'

const at = (moment: string) => () => new Date(`${moment}+07:00`)
const morning = at('2026-03-06T00:10:00')

function robotAt(db: Database, now: () => Date) {
  return { db, actor: robot, now }
}

async function log(db: Database, moment: string, id: string) {
  const entry = {
    event: 'category.changed',
    subject: { kind: 'category', id },
    details: { words: [1, 2], name: id },
  } as const
  await recordEvent(db, robotAt(db, at(moment)), entry)
}

/** Four days from Monday to Thursday, the third of them empty. */
async function logAndSeal(db: Database) {
  await db.execute(sql`alter table events disable trigger user`)
  await db.execute(sql`alter table event_seals disable trigger user`)
  await db.delete(eventSeals)
  await db.delete(events)
  await db.execute(sql`alter table events enable trigger user`)
  await db.execute(sql`alter table event_seals enable trigger user`)
  await log(db, '2026-03-02T08:00:00', 'GT-01')
  await log(db, '2026-03-02T23:59:59', 'GT-02')
  await log(db, '2026-03-03T00:00:00', 'GT-03')
  await log(db, '2026-03-05T12:00:00', 'GT-04')
  await sealDays({ db, now: morning })
}

/** What someone with the rights of the database owner could do without the application. */
async function behindTheTrigger(client: Sql, tamper: (tx: Sql) => Promise<unknown>) {
  await client.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tamper(tx as unknown as Sql)
  })
}

describe('the event log', () => {
  test('rejects update, delete and truncate', async ({ db }) => {
    await logAndSeal(db)
    for (const table of ['events', 'event_seals']) {
      const name = sql.identifier(table)
      for (const statement of [
        sql`update ${name} set ${sql.identifier(table === 'events' ? 'event' : 'digest')} = 'x'`,
        sql`delete from ${name}`,
        sql`truncate ${name}`,
      ]) {
        await expect(db.execute(statement)).rejects.toMatchObject({
          cause: { message: expect.stringContaining('append-only') },
        })
      }
    }
  })

  test('is sealed day by day up to yesterday, empty days included, and not twice', async ({ db }) => {
    await logAndSeal(db)
    const seals = await db.select().from(eventSeals).orderBy(asc(eventSeals.day))
    expect(seals.map(({ day, events }) => [day, events])).toEqual([
      ['2026-03-02', 2],
      ['2026-03-03', 1],
      ['2026-03-04', 0],
      ['2026-03-05', 1],
    ])
    for (const [i, seal] of seals.entries()) {
      expect(seal.previousDigest).toBe(seals[i - 1]?.digest ?? '0'.repeat(64))
      expect(seal.digest).toMatch(/^[0-9a-f]{64}$/)
    }
    expect(await sealDays({ db, now: morning })).toBe(0)
  })

  test('waits a little after midnight for transactions that are still in progress', async ({ db }) => {
    await logAndSeal(db)
    await log(db, '2026-03-06T12:00:00', 'GT-05')
    expect(await sealDays({ db, now: at('2026-03-07T00:04:00') })).toBe(0)
    expect(await sealDays({ db, now: at('2026-03-07T00:05:00') })).toBe(1)
  })

  test('is sealed once though several workers try at the same time', async ({ db }) => {
    await logAndSeal(db)
    await log(db, '2026-03-06T12:00:00', 'GT-05')
    const tries = Array.from({ length: 8 }, () => sealDays({ db, now: at('2026-03-10T01:00:00') }))
    const sealed = (await Promise.all(tries)).reduce((sum, days) => sum + days, 0)
    expect(sealed).toBe(4)
    expect((await checkSeals(robotAt(db, morning), { from: null })).faults).toEqual([])
  })

  test('matches its seals, and the check is itself an event', async ({ db }) => {
    await logAndSeal(db)
    const auditor = await buildActor(db, 'auditor', await buildCity(db))
    const check = await checkSeals({ db, actor: auditor, now: morning }, { from: null })
    expect(check).toEqual({ days: 4, events: 4, from: '2026-03-02', to: '2026-03-05', faults: [] })
    const [last] = await db.select().from(events).where(eq(events.event, 'event_log.checked'))
    expect(last).toMatchObject({ actorId: auditor.id, details: { days: 4, faultCount: 0 } })
  })

  test('is checked only by admins and auditors', async ({ db }) => {
    const manager = await buildActor(db, 'manager', await buildCity(db))
    await expect(checkSeals({ db, actor: manager, now: morning }, { from: null })).rejects.toThrow('forbidden')
  })

  test('may record an old event late: the next seal covers it', async ({ db }) => {
    await logAndSeal(db)
    await log(db, '2026-03-03T09:00:00', 'GT-09')
    await log(db, '2026-03-06T12:00:00', 'GT-05')
    await sealDays({ db, now: at('2026-03-07T00:10:00') })
    const [newest] = await db.select().from(eventSeals).where(eq(eventSeals.day, '2026-03-06'))
    expect(newest?.events).toBe(2)
    expect((await checkSeals(robotAt(db, morning), { from: null })).faults).toEqual([])
  })
})

describe('tampering is found', () => {
  const faultsAfter = async (
    db: Database,
    client: Sql,
    tamper: (tx: Sql) => Promise<unknown>,
    from: string | null = null,
  ) => {
    await logAndSeal(db)
    await behindTheTrigger(client, tamper)
    const { faults } = await checkSeals(robotAt(db, morning), { from })
    return faults.map(({ day, fault }) => [day, fault])
  }

  test('in the details of an event', async ({ db, sql: client }) => {
    const changed = (tx: Sql) =>
      tx`update events set details = '{"a": "GT-03", "b": [1, 3]}' where subject_id = 'GT-03'`
    expect(await faultsAfter(db, client, changed)).toEqual([['2026-03-03', 'changed_events']])
  })

  test('in the actor and the time', async ({ db, sql: client }) => {
    const moved = (tx: Sql) => tx`update events set at = at + interval '1 second' where subject_id = 'GT-01'`
    expect(await faultsAfter(db, client, moved)).toEqual([['2026-03-02', 'changed_events']])
    const recorded = (tx: Sql) => tx`update events set recorded_at = null where subject_id = 'GT-03'`
    expect(await faultsAfter(db, client, recorded)).toEqual([['2026-03-03', 'changed_events']])
    const renamed = (tx: Sql) => tx`update events set ip = '10.0.0.1' where subject_id = 'GT-04'`
    expect(await faultsAfter(db, client, renamed)).toEqual([['2026-03-05', 'changed_events']])
  })

  test('where an event was deleted or inserted', async ({ db, sql: client }) => {
    const gone = (tx: Sql) => tx`delete from events where subject_id = 'GT-02'`
    expect(await faultsAfter(db, client, gone)).toEqual([['2026-03-02', 'missing_events']])
    const slipped = (tx: Sql) => tx`
      insert into events (id, at, event, subject_kind, subject_id, actor_kind)
      values (-1, '2026-03-04T08:00:00+07', 'category.changed', 'category', 'GT-01', 'robot')`
    expect(await faultsAfter(db, client, slipped)).toEqual([['2026-03-04', 'added_events']])
  })

  test('where a seal was deleted or adapted', async ({ db, sql: client }) => {
    const gone = (tx: Sql) => tx`delete from event_seals where day = '2026-03-03'`
    expect(await faultsAfter(db, client, gone)).toEqual([['2026-03-04', 'broken_chain']])
    const fitted = (tx: Sql) => tx`update event_seals set digest = repeat('a', 64) where day = '2026-03-03'`
    expect(await faultsAfter(db, client, fitted)).toEqual([
      ['2026-03-03', 'changed_events'],
      ['2026-03-04', 'broken_chain'],
    ])
  })

  test('in part of the log, from a day on', async ({ db, sql: client }) => {
    const changed = (tx: Sql) => tx`update events set event = 'x' where subject_id in ('GT-01', 'GT-04')`
    expect(await faultsAfter(db, client, changed, '2026-03-05')).toEqual([['2026-03-05', 'changed_events']])
  })
})
