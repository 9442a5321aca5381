import { sql as raw } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database, Sql } from '#db/client.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import { catchUp } from './catch-up.ts'
import { checkSums } from './check-sums.ts'
import { fillMonths } from './fill-sums.ts'

const april = new Date('2026-04-10T03:00:00Z')

/** A category whose sums are in the first share of a month, and one whose sums are in the last. */
async function farApart(db: Database, sql: Sql): Promise<[string, string]> {
  const found = new Map<number, string>()
  while (!found.has(0) || !found.has(5)) {
    const { code } = await buildCategory(db)
    const [row] = await sql<{ part: number }[]>`select (abs(hashtext(${code})::bigint) % 6)::int as part`
    found.set(row?.part ?? 0, code)
  }
  return [found.get(0) as string, found.get(5) as string]
}

async function receive(db: Database, categoryCode: string): Promise<void> {
  await buildReport(db, { categoryCode })
  await catchUp(db)
}

/** As many marks as make filling again the shorter way. */
async function rebuildRows(db: Database): Promise<void> {
  await db.execute(raw`insert into stale_facts (report_id) select reports.id from reports, generate_series(1, 1000)`)
  await catchUp(db)
}

/** A database connection on which this happens after the transaction at this place. */
function befallen(db: Database, place: number, befall: () => Promise<unknown>): Database {
  let done = 0
  const transaction: Database['transaction'] = async (work, config) => {
    const result = await db.transaction(work, config)
    done += 1
    if (done === place) await befall()
    return result
  }
  return new Proxy(db, { get: (target, key) => (key === 'transaction' ? transaction : Reflect.get(target, key)) })
}

const slicesOfMonths = async (sql: Sql) =>
  (await sql<{ slice: string }[]>`select slice from figure_sums where level = 'month'`).map(({ slice }) => slice)

/** As if every month had many reports: share by share. */
const few = 0

test('a month that gets new rows while it is filled contains them, in shares that were filled before and after', async ({
  db,
  sql,
}) => {
  const [first, last] = await farApart(db, sql)
  await receive(db, last)
  // After the first share of the categories, after all of them, and before the whole city.
  for (const place of [2, 8, 13]) {
    await sql`delete from figure_sums`
    const both = async () => {
      await receive(db, first)
      await receive(db, last)
    }
    await fillMonths(befallen(db, place, both), april, { few })
    expect(await slicesOfMonths(sql)).toEqual(expect.arrayContaining(['* * *', `${first} * *`, `${last} * *`]))
    expect(await checkSums(db)).toMatchObject({ failed: 0 })
  }
})

test('rows are written also where the database refuses their sums, which then are absent', async ({ db, sql }) => {
  const { code } = await buildCategory(db)
  await receive(db, code)
  await fillMonths(db, april, { few })
  expect(await slicesOfMonths(sql)).toContain('* * *')
  await sql`alter table figure_sums add constraint none_fits check (sums = '') not valid`
  await receive(db, code)
  await sql`alter table figure_sums drop constraint none_fits`
  const [left] = await sql<{ marks: number; rows: number }[]>`select (select count(*)::int from stale_facts) as marks,
    (select count(*)::int from report_facts where category_code = ${code}) as rows`
  expect(left).toEqual({ marks: 0, rows: 2 })
  expect(await slicesOfMonths(sql)).toEqual([])
})

test('a month of which very many rows are written while it is filled is left for another time', async ({ db, sql }) => {
  await sql`delete from figure_sums`
  const [first, last] = await farApart(db, sql)
  await receive(db, last)
  await buildReport(db, { categoryCode: first })
  await fillMonths(
    befallen(db, 2, () => rebuildRows(db)),
    april,
    { few },
  )
  expect(await slicesOfMonths(sql)).toEqual([])
  await fillMonths(db, april)
  expect(await slicesOfMonths(sql)).toEqual(expect.arrayContaining(['* * *', `${first} * *`, `${last} * *`]))
  expect(await checkSums(db)).toMatchObject({ failed: 0 })
})

test('filling a month beside another process, or after a broken-off run, leaves nothing out and nothing over', async ({
  db,
  sql,
}) => {
  await sql`delete from figure_sums`
  const [first, last] = await farApart(db, sql)
  await receive(db, last)
  const brokenOff = befallen(db, 9, () => Promise.reject(new Error('broken off')))
  const slow = befallen(db, 9, async () => {
    await receive(db, first)
    await expect(fillMonths(brokenOff, april, { few })).rejects.toThrow('broken off')
    await receive(db, last)
    throw new Error('broken off')
  })
  await expect(fillMonths(slow, april, { few })).rejects.toThrow('broken off')
  await receive(db, first)
  expect(await slicesOfMonths(sql)).not.toContain('* * *')
  await Promise.all([fillMonths(db, april, { few }), fillMonths(db, april, { few })])
  expect(await slicesOfMonths(sql)).toContain('* * *')
  expect((await slicesOfMonths(sql)).filter((slice) => slice.startsWith('filling'))).toEqual([])
  expect(await checkSums(db)).toMatchObject({ failed: 0 })
})

test('what is added up in one go equals the result share by share', async ({ db, sql }) => {
  for (const category of await farApart(db, sql)) await receive(db, category)
  const sums = async () => [...(await sql`select * from figure_sums where level = 'month' order by slice, first_day`)]
  await fillMonths(db, april, { few })
  const byShares = await sums()
  for (const asMany of [few, undefined]) expect(await checkSums(db, asMany)).toMatchObject({ failed: 0 })
  await sql`delete from figure_sums`
  await fillMonths(db, april)
  expect(await sums()).toEqual(byShares)
  expect(byShares.length).toBeGreaterThan(10)
})
