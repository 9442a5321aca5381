import { expect } from 'vitest'
import { test } from './testing.ts'
import { createUuidv7 } from './uuidv7.ts'

/** The stand-in in a schema of its own, so that it is tested on every server; and the function of this server. */
const functions = ['stand_in.uuidv7()', 'uuidv7()']

test('a uuid of either function has version 7, the variant of RFC 9562 and the time it was made', async ({ sql }) => {
  await sql`create schema if not exists stand_in`
  await createUuidv7(sql, 'stand_in')
  for (const made of functions) {
    const before = Date.now()
    const rows = await sql.unsafe<{ id: string }[]>(`select ${made}::text as id from generate_series(1, 200)`)
    const after = Date.now()
    for (const { id } of rows) {
      expect([made, id]).toEqual([
        made,
        expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      ])
      const at = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
      expect(at).toBeGreaterThanOrEqual(before)
      expect(at).toBeLessThanOrEqual(after)
    }
  }
})

test('those made one after the other are in the order of time, and no two are equal', async ({ sql }) => {
  for (const made of functions) {
    // Without the random part: two of the same microsecond have no order.
    const [row] = await sql.unsafe<{ made: number; different: number; unordered: number; moments: number }[]>(`
      with made as materialized (select place, ${made}::text as id from generate_series(1, 2000) as place),
        moments as (select place, id, left(id, 18) collate "C" as moment from made),
        beside as (select id, moment, lag(moment) over (order by place) as earlier from moments)
      select count(*)::int as made, count(distinct id)::int as different,
        count(*) filter (where moment < earlier)::int as unordered, count(distinct moment)::int as moments
      from beside`)
    expect([made, row]).toEqual([
      made,
      { made: 2000, different: 2000, unordered: 0, moments: expect.toSatisfy((moments) => moments > 100) },
    ])
  }
})

test('a row without an id gets one that this server makes', async ({ sql }) => {
  const [row] = await sql`
    select n.nspname as schema, current_setting('server_version_num')::int as version
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.oid = 'uuidv7()'::regprocedure`
  expect(row?.schema).toBe(row?.version < 180_000 ? 'public' : 'pg_catalog')
  const defaults = await sql`
    select 1 from pg_attrdef where pg_get_expr(adbin, adrelid) like '%uuidv7()%'`
  expect(defaults.length).toBeGreaterThan(30)
})
