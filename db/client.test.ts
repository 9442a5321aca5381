import { setTimeout as pause } from 'node:timers/promises'
import { sql as template } from 'drizzle-orm'
import { expect } from 'vitest'
import { refusalFor } from '#server/platform/rules/failure.ts'
import { databaseLimits } from '#server/platform/rules/limits.ts'
import { connect, connectForJobs, type Database, db as sharedDb, sql as sharedSql } from './client.ts'
import { test } from './testing.ts'

const instant = new Date('2024-09-07T10:30:00.123Z')

test('counts are numbers, instants are dates, days stay strings, JSON stays an object', async ({ sql }) => {
  const [row] = await sql`
    select count(*) as count, ${instant}::timestamptz as instant, '2024-09-07'::date as day,
      ${sql.json({ streets: ['Hàng Bạc'] })}::jsonb as place`
  expect(row).toEqual({ count: 1, instant, day: '2024-09-07', place: { streets: ['Hàng Bạc'] } })
})

test('an instant that never comes stays the word for it', async ({ sql }) => {
  const [row] = await sql`select 'infinity'::timestamptz as never`
  expect(row).toEqual({ never: 'infinity' })
})

test('templates run by drizzle convert the same way', async ({ db }) => {
  const [row] = await db.execute(template`select ${instant}::timestamptz as instant, 5::bigint as big`)
  expect(row).toEqual({ instant, big: 5 })
})

test('the shared pool opens at its first use, at the address of this process', async ({ databaseUrl }) => {
  const [name] = await sharedSql`select current_database() as name`
  expect(name).toEqual({ name: new URL(databaseUrl).pathname.slice(1) })
  const inTransaction = await sharedDb.transaction((tx) => tx.execute(template`select current_setting('jit') as jit`))
  expect(inTransaction[0]).toEqual({ jit: 'off' })
})

test('a statement that takes too long is stopped, and so is a transaction that does nothing', async ({
  databaseUrl,
}) => {
  const hurried = connect(databaseUrl, { max: 1, patience: { statementSeconds: 0.2, idleSeconds: 0.2 } })
  try {
    const slow = await hurried.db.execute('select pg_sleep(5)').catch((error: unknown) => error)
    expect(refusalFor(slow).code).toBe('too_slow')
    const idle = hurried.db.transaction(async (tx) => {
      await tx.execute('select 1')
      await pause(1000)
      return tx.execute('select 1')
    })
    expect(refusalFor(await idle.catch((error: unknown) => error)).code).toBe('unavailable')
    expect(await hurried.db.execute('select 1 as one')).toMatchObject([{ one: 1 }])
  } finally {
    await hurried.close()
  }
})

test('pages are less patient than jobs, and what is started by hand has all the time', async ({ databaseUrl }) => {
  const patienceOf = async (db: Database) =>
    (await db.execute(`select setting::int / 1000 as seconds from pg_settings where name = 'statement_timeout'`))[0]
  const [jobs, byHand] = [connectForJobs(1), connect(databaseUrl, { max: 1 })]
  expect(await patienceOf(sharedDb)).toEqual({ seconds: databaseLimits.pages.statementSeconds })
  expect(await patienceOf(jobs.db)).toEqual({ seconds: databaseLimits.jobs.statementSeconds })
  expect(await patienceOf(byHand.db)).toEqual({ seconds: 0 })
  await Promise.all([jobs.close(), byHand.close()])
})
