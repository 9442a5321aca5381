import { expect } from 'vitest'
import type { Sql } from '#db/client.ts'
import { settings } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { CopyBuffer } from './copy.ts'

const awkward = 'tab\t, line\n, back\\slash, \r, quote " and \\N'

test('rows are copied unchanged, whatever characters they contain', async ({ sql }) => {
  const buffer = new CopyBuffer(settings)
  buffer.add({ key: awkward, value: { text: awkward, none: null } })
  buffer.add({ key: 'empty', value: [] })
  await buffer.send(sql)
  const rows = await sql`select key, value from settings order by key desc`
  expect(rows).toEqual([
    { key: awkward, value: { text: awkward, none: null } },
    { key: 'empty', value: [] },
  ])
})

test('rows that the database refuses fail with its reason, and the connection stays usable', async ({ sql }) => {
  const buffer = new CopyBuffer(settings)
  buffer.add({ key: 'twice', value: 1 })
  buffer.add({ key: 'twice', value: 2 })
  await expect(buffer.send(sql)).rejects.toThrow('settings_pkey')
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
})

test('so do rows refused while more of them are being sent', async ({ sql }) => {
  const buffer = new CopyBuffer(settings)
  for (let i = 0; i < 60_000; i += 1) buffer.add({ key: `key ${i % 50_000}`, value: { long: 'x'.repeat(200) } })
  await expect(buffer.send(sql)).rejects.toThrow('settings_pkey')
  expect(await sql`select count(*)::int as kept from settings where key like 'key %'`).toEqual([{ kept: 0 }])
})

test('a refused COPY aborts its transaction', async ({ sql }) => {
  const buffer = new CopyBuffer(settings)
  buffer.add({ key: 'alone', value: 1 })
  const filling = sql.begin(async (tx) => {
    await buffer.send(tx as unknown as Sql)
    buffer.add({ key: 'alone', value: 2 })
    await buffer.send(tx as unknown as Sql)
  })
  await expect(filling).rejects.toThrow('settings_pkey')
  expect(await sql`select 1 from settings where key = 'alone'`).toEqual([])
})

test('a missing table is reported at once', async ({ sql }) => {
  const buffer = new CopyBuffer(settings, { into: 'no_such_table' })
  buffer.add({ key: 'a', value: 1 })
  await expect(buffer.send(sql)).rejects.toThrow('no_such_table')
})
