import { inArray } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { agencies, reportPutOffs, reports } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { partOfDrillDown, readDrillDownsWith } from '#server/reports/drill-downs.ts'
import { casesOf, readCases } from '#server/reports/queries/exported-cases.ts'
import { queuePage } from '#server/reports/queries/queue.ts'
import { openStates } from '#server/reports/rules/lifecycle.ts'
import type { Queue } from '#server/reports/rules/queue.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { catchUp } from '../commands/catch-up.ts'
import { readBoard } from '../queries/board.ts'
import { countDataPoint, drillDownReader } from '../queries/drill-down.ts'
import {
  type BoundDataPoint,
  type DataPoint,
  drillDownAddress,
  formatDrillDown,
  parseDrillDown,
} from '../rules/data-point.ts'
import { type BoardFilters, noBoardFilters } from '../rules/filters.ts'
import { type CountedPoint, dataPointsOf } from './data-points-of-board.ts'

readDrillDownsWith(drillDownReader)

const days = { from: '2026-03-02', to: '2026-03-15' }
const now = () => new Date('2026-03-17T03:30:00Z')

/** A sample of what a board may be narrowed to. */
const narrowed: Record<string, Partial<BoardFilters>> = {
  nothing: { period: days },
  'the month that runs': { period: 'month' },
  'one week': { period: { from: '2026-03-02', to: '2026-03-08' } },
  'an agency': { period: days, agency: 'gl-a' },
  'the other agency, live': { period: '30d', agency: 'gl-b' },
  'a group of categories': { period: days, category: 'GL' },
  'a category and a severity': { period: days, category: 'GL-01', severity: 'normal' },
  'an area': { period: days, area: 2 },
  'a channel': { period: '7d', channel: 'app' },
  'nothing that ever was': { period: days, severity: 'complex' },
}

type Office = { city: Context; a: Context; b: Context }

async function openOffice(db: Database): Promise<Office> {
  await writeGoldenLog(db)
  await catchUp(db)
  const known = new Map((await db.select().from(agencies)).map((agency) => [agency.id, agency]))
  const contextOf = async (agency?: string) => ({
    db,
    now,
    actor: await buildActor(db, 'manager', known.get(agency ?? '')),
  })
  const office = { city: await contextOf(), a: await contextOf('gl-a'), b: await contextOf('gl-b') }
  await Promise.all(Object.values(office).map(putAllOff))
  return office
}

/** What a reader has put off counts like everything else, and is in the lists of all figures. */
async function putAllOff({ db, actor }: Context) {
  const put = { accountId: actor.id ?? '', putOffAt: now(), until: new Date(now().getTime() + 86_400_000) }
  const open = await db
    .select({ reportId: reports.id })
    .from(reports)
    .where(inArray(reports.state, [...openStates]))
  await db.insert(reportPutOffs).values(open.map((report) => ({ ...put, ...report })))
}

const test = base.extend('office', { scope: 'file' }, ({ db }) => openOffice(db))

/** What the address of a data point opens in the queue, and how many rows the export of that list has. */
async function rowsOf(ctx: Context, bound: BoundDataPoint): Promise<{ shown: number | undefined; exported: number }> {
  const address = new URL(drillDownAddress(bound), 'http://desk')
  const queue = parseQueue(Object.fromEntries(address.searchParams), 'open')
  const page = await queuePage(ctx, { queue })
  if (page.total && !page.total.capped && page.total.count <= 50) expect(page.rows.length).toBe(page.total.count)
  return { shown: page.total?.count, exported: await exportedRows(ctx, queue) }
}

function exportedRows(ctx: Context, queue: Queue): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const seen = new Set<string>()
    for await (const rows of readCases(tx, { queue, cases: await casesOf(ctx, queue), withReporters: false })) {
      for (const { code } of rows) seen.add(code)
    }
    return seen.size
  })
}

const nameOf = ({ measure, by }: DataPoint) => `${measure} ${JSON.stringify(by ?? {})}`

describe.for(['city', 'a', 'b'] as const)('as seen by %s', (who) => {
  // Narrowing works the same for every account: the whole sample is queried for the city, part of it for agencies.
  test.for(Object.keys(narrowed).slice(0, who === 'city' ? undefined : 4))(
    'every data point opens what it counts, on screen and in a file: narrowed to %s',
    { timeout: 240_000 },
    async (name, { office }) => {
      const ctx = office[who]
      const filters = { ...noBoardFilters, ...narrowed[name] }
      const board = await readBoard(ctx, filters)
      const opens = async ({ dataPoint, count, reports }: CountedPoint) => {
        const bound = { dataPoint, filters, asOf: board.header.asOf }
        const read = parseDrillDown(formatDrillDown(bound))
        expect(read).not.toBeNull()
        const counted = await countDataPoint(ctx, read as BoundDataPoint)
        expect([nameOf(dataPoint), counted.count]).toEqual([nameOf(dataPoint), count])
        const rows = reports ?? counted.reports
        expect([nameOf(dataPoint), await rowsOf(ctx, bound)]).toEqual([
          nameOf(dataPoint),
          { shown: rows, exported: rows },
        ])
      }
      const marks = dataPointsOf(board)
      for (let at = 0; at < marks.length; at += 16) await Promise.all(marks.slice(at, at + 16).map(opens))
    },
  )
})

test('an agency sees other figures than the city, and the board says whose they are', async ({ office }) => {
  const filters = { ...noBoardFilters, period: days }
  const [city, a, b] = await Promise.all([office.city, office.a, office.b].map((ctx) => readBoard(ctx, filters)))
  expect([city?.header.scope, city?.kpis.received.value]).toEqual([{ all: true }, 189])
  // What it holds and what it once held: k10 was at both agencies, k11 too.
  expect(a?.header.scope).toMatchObject({ all: false, agencies: [{ id: 'gl-a' }], isPart: true })
  expect([a?.kpis.received.value, b?.kpis.received.value]).toEqual([129, 40 + 9 + 7])
})

test('a data point that covers more than the account may see says whose part it counts', async ({ office }) => {
  const filters = { ...noBoardFilters, period: days }
  const partOf = async (ctx: Context, agency: string | null, cell?: string) => {
    const dataPoint = { measure: 'received', by: cell ? { agency: cell } : {} } as const
    return (await countDataPoint(ctx, { dataPoint, filters: { ...filters, agency }, asOf: now() })).part
  }
  expect(await Promise.all([partOf(office.city, null), partOf(office.city, 'gl-b')])).toEqual([null, null])
  expect(await Promise.all([partOf(office.a, 'gl-a'), partOf(office.a, null, 'gl-a')])).toEqual([null, null])
  expect(await partOf(office.a, null)).toMatchObject([{ id: 'gl-a' }])
  expect(await partOf(office.a, 'gl-b')).toMatchObject([{ id: 'gl-a' }])
  expect(await partOf(office.a, null, 'gl-b')).toMatchObject([{ id: 'gl-a' }])
  // The workbook of its reports says so, too.
  const mark = formatDrillDown({ dataPoint: { measure: 'received' }, filters, asOf: now() })
  expect(await Promise.all([office.city, office.a].map((ctx) => partOfDrillDown(ctx, mark)))).toEqual([null, ['A']])
  expect(await partOfDrillDown(office.a, 'nonsense')).toBeNull()
})

test('a data point that cannot be parsed opens nothing, never everything', async ({ office }) => {
  for (const mark of ['nonsense', 'received~agency=DROP TABLE~~2026-03-16T00:00:00.000Z', 'received~~~yesterday']) {
    const page = await queuePage(office.city, { queue: { ...parseQueue({}, 'all'), mark } })
    expect([mark, page.total?.count]).toEqual([mark, 0])
  }
})
