import { parse } from 'csv-parse/sync'
import readWorkbook from 'read-excel-file/node'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { test as base } from '#db/testing.ts'
import vi from '#messages/vi/reports.json' with { type: 'json' }
import type { Context } from '#server/accounts/context.ts'
import { csvOfSheet, workbookOf } from '#server/platform/sheets.ts'
import { outcomes } from '#server/reports/rules/outcome.ts'
import { catchUp } from '../commands/catch-up.ts'
import { readBoard } from '../queries/board.ts'
import { readCaseMix } from '../queries/case-mix.ts'
import { explainChange } from '../queries/explain.ts'
import type { Board, Explanation } from '../rules/board.ts'
import { exportCards } from '../rules/board-export.ts'
import type { CaseMix } from '../rules/case-mix.ts'
import { kpiIds } from '../rules/definitions.ts'
import { noBoardFilters } from '../rules/filters.ts'
import { boardSheets } from './board-sheets.ts'

const now = () => new Date('2026-03-17T03:30:00Z')
const filters = { ...noBoardFilters, period: { from: '2026-03-02', to: '2026-03-15' } }

async function readCity(db: Database): Promise<City> {
  await writeGoldenLog(db)
  await catchUp(db)
  const ctx: Context = { db, now, actor: await buildActor(db, 'manager') }
  const board = await readBoard(ctx, filters)
  const { asOf } = board.header
  const caseMix = await readCaseMix(ctx, { filters, asOf })
  if (!caseMix) throw new Error('nothing is compared')
  const explanation = await explainChange(ctx, { filters, asOf, kpi: 'handled', dimension: 'agency' })
  return { board, explanation, caseMix }
}
const test = base.extend('city', { scope: 'file' }, ({ db }) => readCity(db))

type City = { board: Board; explanation: Explanation; caseMix: CaseMix }
const sheetsOf = ({ board, explanation, caseMix }: City, card: (typeof exportCards)[number] | null = null) =>
  boardSheets(board, card, { explain: explanation, caseMix, locale: 'vi' })
const tableOf = (city: City, card: (typeof exportCards)[number]) => {
  const [table] = sheetsOf(city, card).tables
  if (!table) throw new Error(`${card} has no table`)
  return table
}
const read = async (city: City) => {
  const { tables, about } = sheetsOf(city)
  return readWorkbook(await workbookOf([...tables, about]))
}

describe('the workbook of a board', () => {
  test('has a tab for every card and one about them all, each with a unique name', async ({ city }) => {
    const tabs = (await read(city)).map(({ sheet }) => sheet)
    expect(tabs).toHaveLength(exportCards.length + 1)
    expect(new Set(tabs).size).toBe(tabs.length)
    expect(tabs.at(-1)).toBe('Giới thiệu')
  })

  test('holds numbers as numbers, shares as shares and days as dates', async ({ city }) => {
    const workbook = await read(city)
    const tab = (name: string) => workbook.find(({ sheet }) => sheet === name)?.data ?? []
    expect(tab('Chỉ số chính')[1]?.slice(0, 3)).toEqual(['Tiếp nhận', 189, 'số lượng'])
    const handled = tab('Chỉ số chính')[2] ?? []
    expect(handled[1]).toBeCloseTo(city.board.kpis.handled.value ?? Number.NaN, 12)
    const flow = tab('Tiếp nhận và kết thúc')
    expect(flow[0]?.[0]).toBe('Từ ngày')
    expect(flow[1]?.[0]).toEqual(new Date('2026-03-02T00:00:00Z'))
    expect(flow.slice(1).reduce((sum, row) => sum + Number(row[2]), 0)).toBe(189)
  })

  test('states whose figures it holds, of which days, as of when, and how each is counted', async ({ city }) => {
    const about = (await read(city)).at(-1)?.data ?? []
    const of = (item: string) => about.find(([name]) => name === item)?.[1]
    expect(of('Phạm vi số liệu')).toBe('Toàn thành phố')
    expect([of('Từ ngày'), of('Đến hết ngày')]).toEqual([
      new Date('2026-03-02T00:00:00Z'),
      new Date('2026-03-15T00:00:00Z'),
    ])
    // A workbook has no time zones: this is the end of the period on Hanoi's clocks.
    expect(of('Thời điểm số liệu')).toEqual(new Date('2026-03-16T00:00:00Z'))
    expect(of('Đúng hạn')).toMatch(/^Lượt đến hạn trong kỳ/)
    expect(about.length).toBeGreaterThan(kpiIds.length + 8)
  })
})

test('the five parts sum to all that was received, and to a hundred per cent', ({ city }) => {
  const rows = tableOf(city, 'parts').rows
  const [parts, sum] = [rows.slice(0, 5), rows[5]]
  expect(parts.reduce((all, [, count]) => all + Number(count), 0)).toBe(189)
  expect(parts.reduce((all, [, , share]) => all + Number(share), 0)).toBeCloseTo(1, 12)
  expect(sum?.slice(1, 3)).toEqual([189, 1])
})

test('the contributions sum to the change of the figure', ({ city }) => {
  const table = tableOf(city, 'explain')
  const sum = table.rows.slice(0, -1).reduce((all, [, , total]) => all + Number(total), 0)
  expect(sum).toBeCloseTo(city.board.kpis.handled.change ?? Number.NaN, 10)
})

test('of a change explained by outcomes the file names each outcome', async ({ db, city }) => {
  const ctx: Context = { db, now, actor: await buildActor(db, 'manager') }
  const { asOf } = city.board.header
  const explanation = await explainChange(ctx, { filters, asOf, kpi: 'handled', dimension: 'outcome' })
  const { columns, rows } = tableOf({ ...city, explanation }, 'explain')
  expect(columns[0]?.label).toBe('Kết luận')
  const { now: counts, previous } = city.board.outcomes
  const known = outcomes.filter((outcome) => counts[outcome] > 0 || (previous?.[outcome] ?? 0) > 0)
  expect(rows.map(([name]) => String(name)).sort()).toEqual(
    [...known.map((outcome) => vi.outcomes[outcome]), 'Cộng'].sort(),
  )
})

test('tables by agency, category, area and channel sum to the board', ({ city }) => {
  for (const card of ['agencies', 'categories', 'areas', 'channels'] as const) {
    const { columns, rows } = tableOf(city, card)
    const at = columns.findIndex(({ label }) => label === 'Tiếp nhận trong kỳ')
    expect([card, rows.reduce((all, row) => all + Number(row[at]), 0)]).toEqual([card, 189])
  }
})

test('agencies like with like have what fell due of the board, each with what is said of it', ({ city }) => {
  const { columns, rows } = tableOf(city, 'caseMix')
  const sumOf = (name: string) => {
    const at = columns.findIndex(({ label }) => label === name)
    return rows.reduce((all, row) => all + Number(row[at]), 0)
  }
  const { denominator, numerator } = city.board.kpis.on_time
  expect([sumOf('Đến hạn'), sumOf('Đến hạn') - sumOf('Quá thời hạn')]).toEqual([denominator, numerator])
  expect(rows.length).toBeGreaterThan(1)
  for (const row of rows) expect(row.at(-1)).toMatch(/so sánh|không khác biệt|tốt hơn|kém hơn/)
})

test.for(['=1+1', '+84 24', '-2', '@sum(a1)', '\tx', '\rx'])(
  'a name that begins like a formula, %j, is none in CSV and only text in a workbook',
  async (name, { city }) => {
    const [row] = city.board.charts.agencies
    if (!row) throw new Error('no agency')
    const board = { ...city.board, charts: { ...city.board.charts, agencies: [{ ...row, name }] } }
    const table = tableOf({ ...city, board }, 'agencies')
    const csv = csvOfSheet(table)
    expect(csv.startsWith('\uFEFF')).toBe(true)
    expect(parse(csv, { bom: true })[1]?.[0]).toBe(`\t${name}`)
    const [tab] = await readWorkbook(await workbookOf([table]))
    expect(String(tab?.data[1]?.[0]).trim()).toBe(name.trim())
  },
)
