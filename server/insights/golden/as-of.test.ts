import { expect } from 'vitest'
import type { Database, Sql } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { agencies } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { catchUp } from '../commands/catch-up.ts'
import { checkFigures } from '../commands/check-figures.ts'
import { checkSums } from '../commands/check-sums.ts'
import { fillDays, fillMonths } from '../commands/fill-sums.ts'
import { copyFigures, figureTables } from '../commands/write-figures.ts'
import { readBoard } from '../queries/board.ts'
import { countDataPoint } from '../queries/drill-down.ts'
import { readHistories, timeIn } from '../queries/histories.ts'
import { openTotals } from '../queries/open.ts'
import type { Board } from '../rules/board.ts'
import { type BoardFilters, noBoardFilters } from '../rules/filters.ts'
import { resolvePeriod } from '../rules/period.ts'
import { standingEvents } from '../rules/replay.ts'
import { bundleAt, type FactVersions, versionsOf } from '../rules/versions.ts'
import { dataPointsOf } from './data-points-of-board.ts'
import { changeLater } from './later-changes.ts'

const end = new Date('2026-05-02T03:00:00Z')

async function openCity(db: Database): Promise<Context> {
  await changeLater(db, await writeGoldenLog(db))
  await catchUp(db)
  return { db, actor: await buildActor(db, 'manager'), now: () => end }
}

const test = base.extend('city', { scope: 'file' }, ({ db }) => openCity(db))

/** Replaces the rows of all reports by those of a city in which nothing after a moment has happened. */
async function goBackTo(moment: Date, { db }: Context, sql: Sql): Promise<void> {
  const timeOf = timeIn(await compiledCalendars(db))
  const always = { validFrom: '-infinity', validTo: 'infinity' }
  const all = await readHistories(sql, { from: 1, to: 1_000_000 })
  const rows = all.map((report): FactVersions => {
    const standing = { ...report, events: standingEvents(report.events) }
    const { facts, promises, closes, holdingPeriods } = bundleAt(standing, moment, timeOf).rows
    const { closes: now, facts: told } = versionsOf(report, timeOf)
    const begun = told.filter(({ validFrom }) => validFrom === '-infinity' || new Date(validFrom) <= moment)
    const validFrom = begun.at(-1)?.validFrom ?? '-infinity'
    return {
      // Its lines tell where a report was before.
      facts: [...begun.slice(0, -1), { ...facts, validFrom, validTo: 'infinity' }],
      promises: promises.map((row) => ({ ...row, ...always })),
      // Of a close it is known whether it was reopened later.
      closes: closes.map((row) => {
        const { reopenedAt = null, reopenedByCitizen = null } =
          now.find(({ at }) => at.getTime() === row.at.getTime()) ?? {}
        return { ...row, ...always, reopenedAt, reopenedByCitizen }
      }),
      holdingPeriods: holdingPeriods.map((row) => ({ ...row, ...always })),
    }
  })
  await sql`delete from figure_sums`
  for (const table of figureTables) await sql`delete from ${sql(table)}`
  await sql.begin((tx) => copyFigures(tx as unknown as Sql, rows))
}

const moments = ['2026-03-05T04:30:00Z', '2026-03-11T17:00:00Z', '2026-03-15T17:00:00Z', '2026-03-19T03:00:00Z']
const narrowed: Partial<BoardFilters>[] = [
  {},
  { agency: 'gl-a' },
  { agency: 'gl-b' },
  { area: 2 },
  { category: 'GL-02' },
  { severity: 'normal' },
]
const periods: BoardFilters['period'][] = ['30d', 'launch']
const questions = moments.flatMap((at) =>
  periods.flatMap((period) =>
    narrowed.map((more) => ({ at: new Date(at), filters: { ...noBoardFilters, period, ...more } })),
  ),
)

async function readAll(city: Context): Promise<Board[]> {
  const boards: Board[] = []
  for (const { at, filters } of questions) boards.push(await readBoard(city, filters, at))
  return boards
}

test('a board of a moment is that of a city in which nothing later has happened', { timeout: 240_000 }, async ({
  city,
  sql,
}) => {
  const counted = await readAll(city)
  await fillDays(city.db, end)
  await fillMonths(city.db, end)
  const summed = await readAll(city)
  expect(await checkSums(city.db)).toMatchObject({ failed: 0 })
  expect(await checkFigures(city)).toMatchObject({ failed: 0 })
  for (const at of moments) {
    await goBackTo(new Date(at), city, sql)
    for (const [place, question] of questions.entries()) {
      if (question.at.toISOString() !== new Date(at).toISOString()) continue
      const { compare: _, ...filters } = question.filters
      const alone = await readBoard(city, { ...filters, compare: 'none' }, question.at)
      const without = (board: Board | undefined) => board && withoutComparison(board)
      expect({ ...question, board: without(counted[place]) }).toEqual({ ...question, board: without(alone) })
      expect({ ...question, board: without(summed[place]) }).toEqual({ ...question, board: without(alone) })
    }
  }
  await sql`insert into stale_facts (report_id) select id from reports`
  await catchUp(city.db)
})

/** A line of open reports with, for each of its steps, the backlog of the board of its last day. */
async function lineAndBoards(ctx: Context, filters: BoardFilters) {
  const on = (from: string, to: string): BoardFilters => ({ ...filters, compare: 'none', period: { from, to } })
  const { charts, kpis } = await readBoard(ctx, filters, end)
  const boards: number[] = []
  for (const { to } of charts.flow) {
    const span = resolvePeriod(on(to, to), end)
    boards.push((await openTotals(ctx.db, { filters: on(to, to), span, actor: ctx.actor })).open)
  }
  const line = charts.flow.map(({ backlog }) => backlog)
  expect(line.at(-1)).toBe(kpis.backlog.value)
  const middle = charts.flow[Math.floor(line.length / 2)]?.to ?? ''
  const shown = (await readBoard(ctx, on(middle, middle), end)).kpis.backlog.value
  expect(shown).toBe(boards[Math.floor(line.length / 2)])
  return { line, boards }
}

test('each step of the line of open reports is the figure of the board of that day, for an agency and every other part', {
  timeout: 240_000,
}, async ({ city, db, sql }) => {
  const agency = (await db.select().from(agencies)).find(({ id }) => id === 'gl-a')
  const head = { ...city, actor: await buildActor(db, 'manager', agency) }
  const periods = [
    { from: '2026-03-02', to: '2026-03-29' },
    { from: '2025-08-01', to: '2026-04-30' },
  ]
  // Each account with each filter, and each filter with days and with months.
  const asked = [city, head].flatMap((ctx, who) =>
    narrowed.map((more, at) => ({
      ctx,
      filters: { ...noBoardFilters, ...more, period: periods[(who + at) % 2] as (typeof periods)[number] },
    })),
  )
  const linesOf = async () => {
    const lines: number[][] = []
    for (const { ctx, filters } of asked) {
      const { line, boards } = await lineAndBoards(ctx, filters)
      expect([filters, line]).toEqual([filters, boards])
      lines.push(line)
    }
    return lines
  }
  await sql`delete from figure_sums`
  const counted = await linesOf()
  expect(counted.filter((line) => Math.max(...line) > 3).length).toBeGreaterThan(asked.length / 2)
  // Months are made of sums where these exist.
  await fillDays(city.db, end)
  await fillMonths(city.db, end)
  expect(await linesOf()).toEqual(counted)
})

/** What was before the period was as of another moment. */
function withoutComparison({ kpis, parts, charts, oldest, header }: Board) {
  const { flow, handled, ...rest } = charts
  return {
    kpis: Object.values(kpis).map(({ id, value, numerator, denominator, spark }) => ({
      id,
      value,
      numerator,
      denominator,
      spark,
    })),
    parts: parts.now,
    oldest,
    out: [header.spamOrTest, header.merged],
    flow: flow.map(({ received, closed, reopened }) => ({ received, closed, reopened })),
    handled: handled.map((step) => step.parts),
    rest,
  }
}

test.for(moments)(
  'every data point of a moment opens what it counts: %s',
  { timeout: 240_000 },
  async (at, { city }) => {
    for (const more of narrowed) {
      const filters = { ...noBoardFilters, period: '30d', ...more } as BoardFilters
      const board = await readBoard(city, filters, new Date(at))
      for (const { dataPoint, count } of dataPointsOf(board)) {
        const found = await countDataPoint(city, { dataPoint, filters, asOf: board.header.asOf })
        expect([more, dataPoint, found.count]).toEqual([more, dataPoint, count])
      }
    }
  },
)
