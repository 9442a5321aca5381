import { sql as template } from 'drizzle-orm'
import { expect } from 'vitest'
import { db as sharedDb, sql as sharedSql } from './client.ts'
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
