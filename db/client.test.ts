import { setTimeout as pause } from 'node:timers/promises'
import { sql as template } from 'drizzle-orm'
import { expect } from 'vitest'
import { refusalFor } from '#server/platform/rules/failure.ts'
import { databaseLimits } from '#server/platform/rules/limits.ts'
import { connect, connectForJobs, type Database, db as sharedDb, sql as sharedSql } from './client.ts'
import { openSilentServer } from './factories/silent-server.ts'
import { test } from './testing.ts'

const timeLimits = databaseLimits.pages
const instant = new Date('2024-09-07T10:30:00.123Z')

test('counts are numbers, instants are dates, days stay strings, JSON stays an object', async ({ sql }) => {
  const [row] = await sql`
    select count(*) as count, ${instant}::timestamptz as instant, '2024-09-07'::date as day,
      ${sql.json({ streets: ['Hàng Bạc'] })}::jsonb as place`
  expect(row).toEqual({ count: 1, instant, day: '2024-09-07', place: { streets: ['Hàng Bạc'] } })
})

test('an infinite instant stays a string', async ({ sql }) => {
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
  const workers = await sharedDb.execute(template`select current_setting('max_parallel_workers_per_gather') as workers`)
  expect(workers[0]).toEqual({ workers: '0' })
})

test('a statement that takes too long is cancelled, and so is a transaction that is idle for too long', async ({
  databaseUrl,
}) => {
  const hurried = connect(databaseUrl, {
    max: 1,
    timeLimits: { ...timeLimits, statementSeconds: 0.2, idleSeconds: 0.2 },
  })
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

test('pages have shorter time-outs than jobs, and scripts have none', async ({ databaseUrl }) => {
  const statementLimitOf = async (db: Database) =>
    (await db.execute(`select setting::int / 1000 as seconds from pg_settings where name = 'statement_timeout'`))[0]
  const [jobs, byHand] = [connectForJobs(1), connect(databaseUrl, { max: 1 })]
  expect(await statementLimitOf(sharedDb)).toEqual({ seconds: databaseLimits.pages.statementSeconds })
  expect(await statementLimitOf(jobs.db)).toEqual({ seconds: databaseLimits.jobs.statementSeconds })
  expect(await statementLimitOf(byHand.db)).toEqual({ seconds: 0 })
  await Promise.all([jobs.close(), byHand.close()])
})

const codeOf = async (asked: Promise<unknown>) =>
  refusalFor(
    await asked.then(
      () => 'answered',
      (error: unknown) => error,
    ),
  ).code

test('a statement without a free connection in time is rejected and not sent', async ({ databaseUrl, db }) => {
  await db.execute('create table come_late (n int)')
  const crowded = connect(databaseUrl, { max: 2, timeLimits: { ...timeLimits, waitSeconds: 0.2 } })
  const [inside, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let began = 0
  const hold = () =>
    crowded.db.transaction(async (tx) => {
      await tx.execute('select 1')
      if (++began === 2) inside.resolve()
      await done.promise
    })
  const holding = [hold(), hold()]
  await inside.promise
  expect(
    await Promise.all([
      codeOf(crowded.db.execute('insert into come_late values (1)')),
      codeOf(crowded.db.transaction((tx) => tx.execute('insert into come_late values (2)'))),
    ]),
  ).toEqual(['database_busy', 'database_busy'])
  done.resolve()
  await Promise.all(holding)
  await crowded.db.execute('insert into come_late values (3)')
  expect([...(await db.execute('select n from come_late'))]).toEqual([{ n: 3 }])
  await crowded.close()
})

test('no statement waits indefinitely behind slow statements', async ({ databaseUrl, sql }) => {
  const crowded = connect(databaseUrl, { max: 2, timeLimits: { ...timeLimits, waitSeconds: 0.2 } })
  const slow = [1, 2].map(async () => crowded.db.execute('select pg_sleep(1)'))
  const sleeping = () =>
    sql`select pid from pg_stat_activity where datname = current_database() and query = 'select pg_sleep(1)'`
  await expect.poll(sleeping, { timeout: 30_000 }).toHaveLength(2)
  const codes = await Promise.all([1, 2, 3].map(() => codeOf(crowded.db.execute('select 1'))))
  expect(codes).toEqual(['database_busy', 'database_busy', 'database_busy'])
  await Promise.all(slow)
  expect(await crowded.db.execute('select 1 as one')).toMatchObject([{ one: 1 }])
  await crowded.close()
})

test('failures lose no connection, regardless of the number of waiting statements', async ({ databaseUrl }) => {
  const crowded = connect(databaseUrl, { max: 2, timeLimits })
  const ask = (n: number) => {
    if (n % 4 === 0) return crowded.db.execute(template`select 1 / ${n - n}::int as n`)
    if (n % 4 === 1) return crowded.db.transaction((tx) => tx.execute(template`select ${n}::int as n`))
    if (n % 4 === 2) return crowded.db.transaction((tx) => tx.execute('select no_such_thing'))
    return crowded.db.execute(template`select ${n}::int as n`)
  }
  const answers = await Promise.allSettled(Array.from({ length: 400 }, (_, n) => ask(n)))
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(200)
  const both = await Promise.all(
    [1, 2].map((n) =>
      crowded.db.transaction(async (tx) => {
        await tx.execute('select pg_sleep(0.05)')
        return n
      }),
    ),
  )
  expect(both).toEqual([1, 2])
  await crowded.close()
})

test('if the server ends a connection, only the statement in progress fails, and none after it', async ({
  databaseUrl,
  sql,
}) => {
  const pool = connect(databaseUrl, { max: 3, timeLimits })
  const endAll = async () => {
    const inside = Promise.all([1, 2, 3].map(() => codeOf(pool.db.execute('select pg_sleep(30)'))))
    const asleep = "datname = current_database() and state = 'active' and query ~ '^select pg_sleep'"
    const sleeping = () => sql.unsafe(`select pid from pg_stat_activity where ${asleep}`)
    await expect.poll(sleeping, { timeout: 30_000 }).toHaveLength(3)
    await sql.unsafe(`select pg_terminate_backend(pid) from pg_stat_activity where ${asleep}`)
    expect(await inside).toEqual(['unavailable', 'unavailable', 'unavailable'])
  }
  await endAll()
  const one = [{ one: 1 }]
  for (let n = 0; n < 4; n++) expect(await pool.db.execute('select 1 as one')).toMatchObject(one)
  await endAll()
  const together = [1, 2, 3].map(() => pool.db.transaction((tx) => tx.execute('select 1 as one')))
  expect(await Promise.all(together)).toMatchObject([one, one, one])
  await pool.close()
})

test('connecting to a server that accepts and never answers times out', async () => {
  const silent = await openSilentServer()
  const { db, close } = connect(`postgres://desk@127.0.0.1:${silent.port}/desk`, {
    max: 1,
    timeLimits: { ...timeLimits, connectSeconds: 0.3, waitSeconds: 0.6 },
  })
  expect(await codeOf(db.execute('select 1'))).toBe('unavailable')
  expect(await codeOf(db.transaction((tx) => tx.execute('select 1')))).toBe('unavailable')
  await close()
  await silent.close()
})
