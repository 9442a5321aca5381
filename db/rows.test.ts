import { eq, inArray, like, type SQL, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { builtOnce, builtTogether } from './built-once.ts'
import type { Connection, Database, Transaction } from './client.ts'
import { brokenConstraint, changedRow, completed, insertRow, newRow, writeRows } from './rows.ts'
import { agencies, calendars, events, settings } from './schema/index.ts'
import { test } from './testing.ts'
import { withCommit } from './transactions.ts'

const settingOf = builtOnce((db) =>
  db
    .select()
    .from(settings)
    .where(eq(settings.key, sql.placeholder('key'))),
)

test('a statement that is built once runs with the values of each call, in the transaction of the call', async ({
  db,
}) => {
  await expect(
    db.transaction(async (tx) => {
      await tx.insert(settings).values([
        { key: 'one', value: { list: [1, 'hai'] } },
        { key: 'two', value: 2 },
      ])
      const both = await Promise.all([settingOf(tx, { key: 'one' }), settingOf(tx, { key: 'two' })])
      expect(both.map(([row]) => row?.value)).toEqual([{ list: [1, 'hai'] }, 2])
      expect(await settingOf(db, { key: 'one' })).toEqual([])
      throw new Error('given up')
    }),
  ).rejects.toThrow('given up')
  expect(await settingOf(db, { key: 'one' })).toEqual([])
})

test('a missing value is reported by its name', async ({ db }) => {
  await expect(settingOf(db, {})).rejects.toThrow('nothing was given for key')
})

test('a row is written as its columns encode it, and missing columns get their defaults', async ({ db }) => {
  const at = new Date('2026-11-26T02:00:00.123Z')
  const row = {
    subjectKind: 'setting',
    subjectId: 'rows-test',
    event: 'settings_changed',
    actorKind: 'robot',
  } as const
  await insertRow(db, events, { ...row, at, details: { words: ["O'Brien", 'ngập "sâu"'] }, actorId: null })
  const [written] = await db.select().from(events).where(eq(events.subjectId, 'rows-test'))
  expect(written).toMatchObject({ ...row, at, details: { words: ["O'Brien", 'ngập "sâu"'] }, actorId: null })
})

test('the violated constraint is found inside wrapped errors', async ({ db }) => {
  await db.insert(settings).values({ key: 'taken', value: 1 })
  const again = await insertRow(db, settings, { key: 'taken', value: 2 }).catch((error: unknown) => error)
  expect(brokenConstraint(again)).toBe('settings_pkey')
  expect(brokenConstraint(new Error('something else'))).toBeUndefined()
})

test('rows of several tables are written by one statement, or not at all', async ({ db }) => {
  const calendar = (id: string, name: string) => newRow(calendars, { id, name, zone: 'Asia/Ho_Chi_Minh' })
  await writeRows(db, [calendar('rows-a', 'A'), newRow(settings, { key: 'rows-a', value: { n: 1 } })])
  await writeRows(db, [changedRow(calendars, 'rows-a', { name: 'B' }), calendar('rows-b', 'B')])
  const refused = writeRows(db, [changedRow(calendars, 'rows-a', { name: 'C' }), calendar('rows-b', 'twice')])
  await expect(refused).rejects.toThrow()
  const names = await db.select({ name: calendars.name }).from(calendars).where(like(calendars.id, 'rows-%'))
  expect(names).toEqual([{ name: 'B' }, { name: 'B' }])
})

test('values are completed by the row of a first write in the same statement, which is returned', async ({ db }) => {
  const withFirst = { name: 'with first', sql: (given: SQL) => sql`(select ${given} || id from first)` }
  const first = (id: string) => ({
    name: 'first',
    sql: (blank: Database) =>
      blank
        .insert(calendars)
        .values({ id: sql`${sql.placeholder('calendar')}`, name: 'C', zone: 'Asia/Ho_Chi_Minh' })
        .returning({ id: calendars.id })
        .getSQL(),
    values: { calendar: id },
  })
  const writes = (id: string, said: string) =>
    newRow(calendars, { id, name: completed(said, withFirst), zone: 'Asia/Ho_Chi_Minh' })
  expect(await writeRows(db, [writes('rows-2', 'after ')], first('rows-1'))).toEqual([{ id: 'rows-1' }])
  expect(await writeRows(db, [writes('rows-4', 'behind ')], first('rows-3'))).toEqual([{ id: 'rows-3' }])
  const names = await db
    .select({ name: calendars.name })
    .from(calendars)
    .where(inArray(calendars.id, ['rows-2', 'rows-4']))
  expect(names.map(({ name }) => name).sort()).toEqual(['after rows-1', 'behind rows-3'])
})

test('selects sent as one statement return the same as separate selects', async ({ db }) => {
  const at = new Date('2026-11-26T02:00:00.123Z')
  await db.insert(events).values({
    ...{ at, subjectKind: 'setting', subjectId: 'together-test', event: 'settings_changed', actorKind: 'robot' },
    details: { words: ['ngập "sâu"', null] },
  })
  const ofSubject = (on: Connection) =>
    on
      .select()
      .from(events)
      .where(eq(events.subjectId, sql.placeholder('subject')))
  const two = builtTogether((on) => ({ log: ofSubject(on), none: on.select().from(agencies) }))
  const alone = await builtOnce(ofSubject)(db, { subject: 'together-test' })
  expect(alone).toMatchObject([{ at, details: { words: ['ngập "sâu"', null] } }])
  expect(await two(db, { subject: 'together-test' })).toEqual({ log: alone, none: await db.select().from(agencies) })
})

test('a failing statement sent together with the commit fails its transaction', async ({ db }) => {
  const write = (value: number) => (tx: Transaction) =>
    withCommit(tx, writeRows(tx, [newRow(settings, { key: 'with-commit', value })]))
  await db.transaction(write(1))
  const again = await db.transaction(write(2)).catch((error: unknown) => error)
  expect(brokenConstraint(again)).toBe('settings_pkey')
  const outer = db.transaction(async (tx) => {
    await tx.insert(settings).values({ key: 'outer', value: 1 })
    // Within a savepoint the error surfaces there.
    await expect(tx.transaction(write(3))).rejects.toThrow()
    return 'kept'
  })
  expect(await outer).toBe('kept')
  expect(await settingOf(db, { key: 'outer' })).toHaveLength(1)
  expect((await settingOf(db, { key: 'with-commit' }))[0]?.value).toBe(1)
})
