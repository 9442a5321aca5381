import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { agencies } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { partOfDrillDown, readDrillDownsWith } from '#server/reports/drill-downs.ts'
import { queuePage } from '#server/reports/queries/queue.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { catchUp } from '../commands/catch-up.ts'
import { readBoard } from '../queries/board.ts'
import { countDataPoint, drillDownReader } from '../queries/drill-down.ts'
import { formatDrillDown } from '../rules/data-point.ts'
import { noBoardFilters } from '../rules/filters.ts'

readDrillDownsWith(drillDownReader)

const days = { from: '2026-03-02', to: '2026-03-15' }
const now = () => new Date('2026-03-17T03:30:00Z')

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
  return { city: await contextOf(), a: await contextOf('gl-a'), b: await contextOf('gl-b') }
}

const test = base.extend('office', { scope: 'file' }, ({ db }) => openOffice(db))

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
