import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { builtOnce } from './built-once.ts'
import { brokenConstraint, insertRow } from './rows.ts'
import { events, settings } from './schema/index.ts'
import { test } from './testing.ts'

const settingOf = builtOnce((db) =>
  db
    .select()
    .from(settings)
    .where(eq(settings.key, sql.placeholder('key'))),
)

test('a statement that is built once reads with the values of each call, and in the transaction it is called in', async ({
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

test('a value that was forgotten is told by its name', async ({ db }) => {
  await expect(settingOf(db, {})).rejects.toThrow('nothing was given for key')
})

test('a row is written as its columns encode it, and what is left out has its default', async ({ db }) => {
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

test('the constraint that refused a row is found through what wraps it', async ({ db }) => {
  await db.insert(settings).values({ key: 'taken', value: 1 })
  const again = await insertRow(db, settings, { key: 'taken', value: 2 }).catch((error: unknown) => error)
  expect(brokenConstraint(again)).toBe('settings_pkey')
  expect(brokenConstraint(new Error('something else'))).toBeUndefined()
})
