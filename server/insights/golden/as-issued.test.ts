import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql as query } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { buildReport } from '#db/factories/reports.ts'
import { events, reportClocks, reports } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import { onlyReads } from '#db/transactions.ts'
import type { Context } from '#server/accounts/context.ts'
import { importer } from '#server/accounts/rules/actor.ts'
import { importReports } from '#server/imports/commands/import-reports.ts'
import { openTable } from '#server/imports/reading.ts'
import { mappingSchema } from '#server/imports/rules/mapping.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { catchUp } from '../commands/catch-up.ts'
import { fillDays, fillMonths } from '../commands/fill-sums.ts'
import { readBoard } from '../queries/board.ts'
import { countDataPoint } from '../queries/drill-down.ts'
import { explainChange } from '../queries/explain.ts'
import type { Board } from '../rules/board.ts'
import { formatDrillDown, parseDrillDown } from '../rules/data-point.ts'
import { type BoardFilters, noBoardFilters } from '../rules/filters.ts'
import { boardSheets } from '../sheets/board-sheets.ts'
import { dataPointsOf } from './data-points-of-board.ts'
import { changeLater } from './later-changes.ts'

const end = new Date('2026-05-02T03:00:00Z')
/** Around a change that is taken back a moment later. */
const midnight = '2026-03-18T17:00:00.000Z'
const moments = ['2026-03-05T04:30:00.000Z', '2026-03-15T17:00:00.000Z', midnight]

type City = { ctx: Context; idsOf: ReadonlyMap<string, readonly number[]>; undone: number }

async function openCity(db: Database): Promise<City> {
  const idsOf = await writeGoldenLog(db)
  // The golden log gave its reports their ids itself.
  await db.execute(query`select setval(pg_get_serial_sequence('reports', 'id'), max(id)) from reports`)
  const undone = idsOf.get('k12')?.[0] ?? 0
  await recategorise(db, undone, -10_000, { category: ['GL-01', 'GL-02'] }, { version: 40 })
  await catchUp(db)
  return { ctx: { db, actor: await buildActor(db, 'manager'), now: () => end }, idsOf, undone }
}

async function recategorise(
  db: Database,
  reportId: number,
  after: number,
  details: { category: [string, string]; undoes?: number },
  { version }: { version: number },
): Promise<void> {
  const at = new Date(Date.parse(midnight) + after)
  const subject = { subjectKind: 'report', actorKind: 'robot', event: 'report.category_changed' } as const
  await db.insert(events).values({ ...subject, at, recordedAt: at, reportId, agencyId: null, version, details })
  await db.update(reports).set({ categoryCode: details.category[1] }).where(eq(reports.id, reportId))
}

/** Reports of the past that are entered only now, each with all its events. */
async function enterLate(db: Database, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    const late = id + 100_000
    const [row] = await db.select().from(reports).where(eq(reports.id, id))
    if (!row) throw new Error('no such report')
    await db.insert(reports).values({ ...row, id: late, code: `GL-${late}`, sourceKey: `late/${id}` })
    const told = await db.select().from(events).where(eq(events.reportId, id)).orderBy(events.id)
    await db.insert(events).values(told.map(({ id: _, recordedAt: __, ...event }) => ({ ...event, reportId: late })))
    const clocks = await db.select().from(reportClocks).where(eq(reportClocks.reportId, id))
    await db.insert(reportClocks).values(clocks.map(({ id: _, ...clock }) => ({ ...clock, reportId: late })))
  }
}

const test = base.extend('city', { scope: 'file' }, ({ db }) => openCity(db))

const narrowed: Partial<BoardFilters>[] = [{}, { agency: 'gl-a' }, { area: 2 }, { category: 'GL-02' }]
const periods: BoardFilters['period'][] = ['30d', 'launch', { from: '2026-03-02', to: '2026-03-15' }]
/** Every two of a moment, a period and what narrows a board are asked together. */
const questions = periods.flatMap((period, row) =>
  narrowed.map((more, column) => ({
    at: moments[(row + column) % moments.length] as string,
    filters: { ...noBoardFilters, period, ...more },
  })),
)
const asked = (way: 'issued' | 'known', { at, filters }: (typeof questions)[number]): BoardFilters => ({
  ...filters,
  asked: { way, at },
})

async function readAll({ ctx }: City, way: 'issued' | 'known'): Promise<Board[]> {
  const boards: Board[] = []
  for (const question of questions) boards.push(await readBoard(ctx, asked(way, question)))
  return boards
}

const figuresOf = ({ kpis, parts, charts }: Board) => JSON.stringify([kpis, parts, charts])

test('nothing that the log learns later changes what was issued; it changes what is now known', {
  timeout: 240_000,
}, async ({ city }) => {
  const { db } = city.ctx
  const issued = await readAll(city, 'issued')
  const known = await readAll(city, 'known')
  await changeLater(db, city.idsOf)
  await enterLate(db, [...(city.idsOf.get('k01') ?? []).slice(0, 3), ...(city.idsOf.get('k08') ?? []).slice(0, 2)])
  await recategorise(db, city.undone, 20_000, { category: ['GL-02', 'GL-01'], undoes: 40 }, { version: 41 })
  await catchUp(db)
  const counted = await readAll(city, 'issued')
  await fillDays(db, end)
  await fillMonths(db, end)
  const summed = await readAll(city, 'issued')
  for (const [place, question] of questions.entries()) {
    expect({ ...question, board: counted[place] }).toEqual({ ...question, board: issued[place] })
    expect({ ...question, board: summed[place] }).toEqual({ ...question, board: issued[place] })
  }
  const corrected = await readAll(city, 'known')
  const moved = questions.filter(
    (_, place) => figuresOf(corrected[place] as Board) !== figuresOf(known[place] as Board),
  )
  expect(moved.map(({ at }) => at)).toEqual(expect.arrayContaining(moments))
})

test.for(moments.slice(1))(
  'every data point of a board as issued opens what it counts: %s',
  { timeout: 240_000 },
  async (at, { city: { ctx } }) => {
    for (const more of narrowed.slice(0, 2)) {
      const filters: BoardFilters = { ...noBoardFilters, ...more, asked: { way: 'issued', at } }
      const board = await readBoard(ctx, filters)
      for (const { dataPoint, count } of dataPointsOf(board)) {
        const bound = parseDrillDown(formatDrillDown({ dataPoint, filters, asOf: board.header.asOf }))
        if (!bound) throw new Error('the data point cannot be read')
        expect([more, dataPoint, (await countDataPoint(ctx, bound)).count]).toEqual([more, dataPoint, count])
      }
    }
  },
)

test('what explains a change as issued sums to it, and the file says which figures it holds', async ({
  city: { ctx },
}) => {
  const filters: BoardFilters = { ...noBoardFilters, period: '7d', asked: { way: 'issued', at: midnight } }
  const board = await readBoard(ctx, filters)
  const { value, previous } = board.kpis.received
  const question = { filters, kpi: 'received', dimension: 'category', asOf: board.header.asOf } as const
  expect((await explainChange(ctx, question)).change).toBe((value ?? 0) - (previous?.value ?? 0))
  const { about } = boardSheets(board, 'kpis', { explain: null, caseMix: null, locale: 'vi' })
  expect(JSON.stringify(about)).toContain('19/03/2026 00:00, như đã phát hành')
})

test('reports that are imported later are in no figure that was issued before', async ({ city: { ctx } }) => {
  const { db } = ctx
  // A second ago by the clock of the database: nothing that began by then is still open.
  const [clock] = await db.execute<{ at: string }>(query`select (clock_timestamp() - interval '1 second')::text as at`)
  const issuedAt = new Date(clock?.at ?? '')
  const receivedAt = new Date(issuedAt.getTime() - 3 * 86_400_000)
  const now: Context = { ...ctx, now: () => new Date(issuedAt.getTime() + 2_000) }
  const day = localDayOf(receivedAt)
  const filters = { ...noBoardFilters, period: { from: day, to: localDayOf(issuedAt) } }
  const way = (name: 'issued' | 'known'): BoardFilters => ({
    ...filters,
    asked: { way: name, at: issuedAt.toISOString() },
  })
  const read = async () => ({ issued: await readBoard(now, way('issued')), known: await readBoard(now, way('known')) })
  const before = await read()
  await importPaper(now, receivedAt, 3)
  const counted = await read()
  await fillDays(db, now.now())
  await fillMonths(db, now.now())
  const summed = await read()
  for (const after of [counted, summed]) {
    expect(after.issued).toEqual(before.issued)
    expect(after.known.kpis.received.value).toBe((before.known.kpis.received.value ?? 0) + 3)
    expect(after.known.kpis.backlog.value).toBe((before.known.kpis.backlog.value ?? 0) + 3)
  }
  for (const [board, count] of [
    [counted.issued, 0],
    [counted.known, 3],
  ] as const) {
    const { filters: asked, asOf } = board.header
    const dataPoint = { measure: 'received', by: { channel: 'import' } } as const
    expect(await countDataPoint(now, { dataPoint, filters: asked, asOf })).toMatchObject({ count })
  }
})

test('an account counts as issued nothing that came to its agencies later, whoever had it then by mistake', async ({
  city: { ctx },
}) => {
  const { db } = ctx
  const [a, b] = [await buildAgency(db), await buildAgency(db)]
  const receivedAt = new Date('2026-04-01T02:00:00Z')
  const moved = new Date('2026-04-01T03:00:00Z')
  const { id } = await buildReport(db, {
    state: 'awaiting_acceptance',
    agencyId: b.id,
    heldBy: [b.id],
    receivedAt,
    recordedAt: null,
  })
  const to = (seconds: number) => {
    const at = new Date(moved.getTime() + seconds * 1_000)
    return { subjectKind: 'report', actorKind: 'robot', reportId: id, at, recordedAt: at } as const
  }
  const states = { fromState: 'awaiting_intake', toState: 'awaiting_acceptance' } as const
  await db.insert(events).values([
    { ...to(0), ...states, event: 'report.assigned', version: 2, details: { agencyId: a.id } },
    {
      ...to(10),
      fromState: states.toState,
      toState: states.fromState,
      event: 'report.taken_back',
      version: 3,
      details: { undoes: 2 },
    },
    { ...to(60), ...states, event: 'report.assigned', version: 4, details: { agencyId: b.id } },
  ])
  await catchUp(db)
  const reader = { ...ctx, actor: await buildActor(db, 'manager', b) }
  const receivedBy = async (seconds: number) => {
    const asked = { way: 'issued', at: to(seconds).at.toISOString() } as const
    return (await readBoard(reader, { ...noBoardFilters, period: '7d', asked })).kpis.received.value
  }
  expect([await receivedBy(5), await receivedBy(61)]).toEqual([0, 1])
})

/** Paper forms of an earlier day, entered from a table. */
async function importPaper(ctx: Context, receivedAt: Date, count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'))
  try {
    const file = join(folder, 'giay.csv')
    const rows = Array.from({ length: count }, (_, n) => `G${n},Ổ gà,Trước cổng,GL-01,${receivedAt.toISOString()}`)
    writeFileSync(file, ['ma,tieu_de,noi_dung,linh_vuc,luc', ...rows].join('\n'))
    const mapping = mappingSchema.parse({
      source: 'giay',
      key: ['ma'],
      fields: { title: 'tieu_de', body: 'noi_dung', category: 'linh_vuc', receivedAt: 'luc' },
    })
    const table = await openTable(file, mapping)
    await importReports({ ...ctx, actor: importer }, { mapping, file: 'giay.csv', table })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('figures are not told as issued while something that began before may still be entered', async ({
  city: { ctx },
  sql,
}) => {
  const other = await sql.reserve()
  try {
    await other`begin`
    const [begun] = await other<{ at: Date }[]>`select now() as at`
    if (!begun) throw new Error('no transaction')
    const filters: BoardFilters = { ...noBoardFilters, asked: { way: 'issued', at: begun.at.toISOString() } }
    await expect(readBoard(ctx, filters)).rejects.toMatchObject({ code: 'figures_not_past' })
    await other`commit`
    // As slowly as its reader takes it, a file may be written for half an hour.
    await ctx.db.transaction(async (tx) => {
      await onlyReads(tx)
      await expect.poll(() => readBoard(ctx, filters).then(({ header }) => header.filters.asked?.way)).toBe('issued')
    })
  } finally {
    other.release()
  }
  const coming: BoardFilters = { ...noBoardFilters, asked: { way: 'issued', at: '2199-01-01T00:00:00.000Z' } }
  await expect(readBoard(ctx, coming)).rejects.toMatchObject({ code: 'figures_in_future' })
})
