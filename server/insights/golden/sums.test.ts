import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Database, Sql } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { recordEvent } from '#server/events/commands.ts'
import { catchUp, countBehind } from '../commands/catch-up.ts'
import { checkFigures } from '../commands/check-figures.ts'
import { checkSums } from '../commands/check-sums.ts'
import { fillDays, fillMonths } from '../commands/fill-sums.ts'
import { readBoard } from '../queries/board.ts'
import type { Board } from '../rules/board.ts'
import { type BoardFilters, noBoardFilters } from '../rules/filters.ts'

const end = new Date('2026-05-02T03:00:00Z')

async function openCity(db: Database): Promise<Context> {
  await writeGoldenLog(db)
  await catchUp(db)
  return { db, actor: await buildActor(db, 'manager'), now: () => end }
}

const test = base.extend('city', { scope: 'file' }, ({ db }) => openCity(db))

async function fillAll({ db }: Context): Promise<void> {
  await fillDays(db, end)
  await fillMonths(db, end)
}

/** Moments in the middle of the log, at a midnight, and after all of it. */
const moments = ['2026-03-05T04:30:00Z', '2026-03-11T17:00:00Z', '2026-05-01T03:00:00Z']
const periods: BoardFilters['period'][] = [
  '30d',
  '90d',
  'year',
  'launch',
  { from: '2026-03-02', to: '2026-03-15' },
  { from: '2025-06-01', to: '2026-03-31' },
]
const narrowed: Partial<BoardFilters>[] = [
  {},
  { category: 'GL' },
  { category: 'GL-01', severity: 'normal' },
  { channel: 'app' },
  { severity: 'complex' },
  { agency: 'gl-a' },
  { area: 2 },
  { compare: 'weekdays' },
  { compare: 'year' },
]
/** Every two of a moment, a period and what narrows a board are asked together. */
const questions = periods.flatMap((period, row) =>
  narrowed.map((more, column) => ({
    moment: moments[(row + column) % moments.length] as string,
    filters: { ...noBoardFilters, period, ...more },
  })),
)

async function readAll(city: Context, asked = questions): Promise<Board[]> {
  const boards: Board[] = []
  for (let at = 0; at < asked.length; at += 8) {
    const read = asked.slice(at, at + 8).map(({ moment, filters }) => readBoard(city, filters, new Date(moment)))
    boards.push(...(await Promise.all(read)))
  }
  return boards
}

test('a board made of sums equals one that is counted from the rows, at any moment', {
  timeout: 240_000,
}, async ({ city, sql }) => {
  const counted = await readAll(city)
  await fillAll(city)
  const [sums] = await sql`select count(*) filter (where level = 'day')::int as days,
    count(*) filter (where level = 'month')::int as months from figure_sums`
  expect([sums?.days > 60, sums?.months > 8]).toEqual([true, true])
  const summed = await readAll(city)
  for (const [place, question] of questions.entries()) {
    expect({ ...question, board: summed[place] }).toEqual({ ...question, board: counted[place] })
  }
  // The sums of many scattered days are missing, and those of a month.
  await sql`delete from figure_sums where extract(day from first_day) in (3, 7, 8, 13, 17, 22, 26, 30)
    or (level = 'month' and first_day = '2026-03-01')`
  // A quarter of the questions has each period and each part of the city.
  const quarter = (from: number) =>
    questions.flatMap((question, place) => (place % 4 === from ? [{ ...question, counted: counted[place] }] : []))
  const expectCounted = async (asked: ReturnType<typeof quarter>) => {
    const boards = await readAll(city, asked)
    for (const [place, question] of asked.entries()) expect(boards[place]).toEqual(question.counted)
  }
  await expectCounted(quarter(0))
  // A process of an earlier version still fills sums that do not say when the last of their rows was settled.
  await sql`update figure_sums set settled = null`
  await expectCounted(quarter(2))
  await sql`delete from figure_sums`
})

test('a wrong sum is found by the nightly check and counted from the rows until it is filled again', async ({
  city,
  sql,
}) => {
  await fillAll(city)
  const received = async () => (await readBoard(city, { ...noBoardFilters, period: 'launch' })).kpis.received.value
  const right = await received()
  await sql`update figure_sums
    set sums = regexp_replace(sums, '("step cohort":[{]"keys":"","width":[0-9]+,"parts":[[])', '\\17')
    where slice = '* * *' and level = 'month' and first_day = '2026-03-01'`
  expect(await received()).not.toBe(right)
  const ctx = { db: city.db, actor: robot, now: () => end }
  expect(await checkFigures(ctx)).toMatchObject({ failed: 1 })
  expect(await received()).toBe(right)
  expect(await checkFigures(ctx)).toMatchObject({ failed: 0 })
})

test('a left-over sum is found by the nightly check, in whichever group, and so is a missing one', async ({
  city,
  sql,
}) => {
  await fillAll(city)
  expect(await checkSums(city.db)).toMatchObject({ failed: 0 })
  // Only one month from here on: to recount the others each time would prove nothing more.
  await sql`delete from figure_sums where date_trunc('month', first_day) <> '2026-03-01'`
  await sql`create table whole_month as select * from figure_sums`
  const findsWrong = async (name: string, few?: number) => {
    expect([name, (await checkSums(city.db, few)).failed]).toEqual([name, 1])
    expect([name, await sql`select slice from figure_sums`]).toEqual([name, []])
    await sql`insert into figure_sums select * from whole_month`
  }
  for (const surplus of ['GL-99 * *', '* fax *', 'agency gl-gone', 'area 99', '* * severe']) {
    await sql`insert into figure_sums (slice, level, first_day, sums) select ${surplus}, level, first_day, sums from figure_sums
      where slice = '* * *' and level = 'month' and first_day = '2026-03-01'`
    // Share by share, as in a month of many reports.
    await findsWrong(surplus, 0)
  }
  for (const missing of ['agency gl-a', 'area 2', '* app *']) {
    await sql`delete from figure_sums where slice = ${missing} and level = 'month' and first_day = '2026-03-01'`
    await findsWrong(missing)
  }
})

/** Every sum with the version in which it is stored. */
async function versionsOf(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; version: string }[]>`
    select slice || ' ' || level || ' ' || first_day as name, xmin::text as version from figure_sums`
  return new Map(rows.map(({ name, version }) => [name, version]))
}

async function firstReport(sql: Sql): Promise<{ id: number; day: string }> {
  const [report] = await sql<{ id: number; day: string }[]>`
    select report_id as id, (received_at + interval '7 hours')::date::text as day from report_facts order by report_id limit 1`
  if (!report) throw new Error('no report')
  return report
}

/** Changes the rows of the report, but no number of the whole city, and leaves a mark. */
async function changeSeverity({ db }: Context, sql: Sql, id: number, severity: string): Promise<void> {
  await sql`update reports set severity = ${severity} where id = ${id}`
  await note(db, id)
}
const note = (db: Database, id: number) =>
  recordEvent(
    db,
    { actor: robot, now: () => end },
    { event: 'report.tags_changed', subject: { kind: 'report', id }, version: 9 },
  )

test('a report whose rows stay the same leaves every sum as it is, one with other rows writes those of its days', async ({
  city,
  sql,
}) => {
  await fillAll(city)
  const { id, day } = await firstReport(sql)
  const before = await versionsOf(sql)
  await note(city.db, id)
  await catchUp(city.db)
  expect(await versionsOf(sql)).toEqual(before)
  // It changes no number of the whole city: that its rows were written is told by the version all the same.
  await changeSeverity(city, sql, id, 'complex')
  await catchUp(city.db)
  const after = await versionsOf(sql)
  expect([...before.keys()].filter((name) => !after.has(name))).toEqual([])
  const written = [...after].filter(([name, version]) => before.get(name) !== version).map(([name]) => name)
  expect(written).toEqual(expect.arrayContaining([`* * * day ${day}`, `* * * month ${day.slice(0, 7)}-01`]))
  expect(written).toEqual(expect.arrayContaining([`* * complex day ${day}`]))
  expect(await checkSums(city.db)).toMatchObject({ failed: 0 })
})

test('where a sum cannot be read the rows are written all the same, and its days are filled again', async ({
  city,
  sql,
}) => {
  await fillAll(city)
  const { id, day } = await firstReport(sql)
  const month = `${day.slice(0, 7)}-01`
  await sql`update figure_sums set sums = '{' where level = 'day' and first_day = ${day}`
  // Of a month that a process of an earlier version is filling no share is known.
  await sql`delete from figure_sums where level = 'month' and first_day = ${month}`
  await sql`insert into figure_sums (slice, level, first_day, sums)
    values (${`filling ${randomUUID()}`}, 'month', ${month}, '')`
  await changeSeverity(city, sql, id, 'urgent')
  await catchUp(city.db)
  expect(await countBehind(sql)).toBe(0)
  expect(await sql`select distinct severity from report_facts where report_id = ${id}`).toEqual([
    { severity: 'urgent' },
  ])
  expect((await versionsOf(sql)).has(`* * * day ${day}`)).toBe(false)
  await fillAll(city)
  expect(await checkSums(city.db)).toMatchObject({ failed: 0 })
})

test('very many changes delete the sums of days on which rows were replaced, and no others', async ({ city, sql }) => {
  await fillAll(city)
  const { id, day } = await firstReport(sql)
  const before = await versionsOf(sql)
  const markVeryOften = () => sql`insert into stale_facts (report_id) select ${id} from generate_series(1, 1000)`
  await markVeryOften()
  await catchUp(city.db)
  expect(await versionsOf(sql)).toEqual(before)
  await changeSeverity(city, sql, id, 'normal')
  await markVeryOften()
  await catchUp(city.db)
  const after = await versionsOf(sql)
  expect(after.has(`* * * day ${day}`)).toBe(false)
  expect(after.size).toBeGreaterThan(before.size / 2)
  await fillAll(city)
  expect(await checkSums(city.db)).toMatchObject({ failed: 0 })
})
