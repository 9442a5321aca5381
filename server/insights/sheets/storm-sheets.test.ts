import { parse } from 'csv-parse/sync'
import readWorkbook from 'read-excel-file/node'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { reports } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { csvOfSheet, workbookOf } from '#server/platform/sheets.ts'
import { catchUp } from '../commands/catch-up.ts'
import { readStorm } from '../queries/storm.ts'
import type { Storm } from '../rules/board.ts'
import { type StormCard, stormCards } from '../rules/storm-export.ts'
import { stormSheets } from './storm-sheets.ts'

/** The golden log as one storm in progress. */
async function openStorm(db: Database): Promise<Storm> {
  await writeGoldenLog(db)
  const { id: incidentId } = await buildIncident(db, {
    name: 'Bão số 3',
    startsAt: hanoi('2026-03-01 07:00'),
    endsAt: null,
  })
  await db.update(reports).set({ incidentId })
  await catchUp(db)
  return readStorm({ db, now: () => hanoi('2026-03-17 10:30'), actor: await buildActor(db, 'manager') }, incidentId)
}
const test = base.extend('storm', { scope: 'file' }, ({ db }) => openStorm(db))

const read = async (storm: Storm, card: StormCard | null = null) => {
  const { tables, about } = stormSheets(storm, card, 'vi')
  const workbook = await readWorkbook(await workbookOf([...tables, about]))
  return { tabs: workbook.map(({ sheet }) => sheet), of: (name: string) => rowsOf(workbook, name) }
}
const rowsOf = (workbook: Awaited<ReturnType<typeof readWorkbook>>, name: string) => {
  const [head = [], ...rows] = workbook.find(({ sheet }) => sheet === name)?.data ?? []
  return { head, rows, sum: (label: string) => rows.reduce((sum, row) => sum + Number(row[head.indexOf(label)]), 0) }
}

describe('the workbook of a storm', () => {
  test('has a tab for every card and one about them all, each with a unique name', async ({ storm }) => {
    const { tabs } = await read(storm)
    expect(tabs).toHaveLength(stormCards.length + 1)
    expect(new Set(tabs).size).toBe(tabs.length)
    expect((await read(storm, 'storm-kinds')).tabs).toEqual(['Theo loại phản ánh', 'Giới thiệu'])
  })

  test('holds the figures of the page; its tables sum to them', async ({ storm }) => {
    const { of } = await read(storm)
    const figures = of('Chỉ số chính').rows
    const figure = (name: string) => figures.find(([label]) => label === name)
    expect(figure('Phản ánh')?.slice(0, 3)).toEqual(['Phản ánh', storm.total, 'số lượng'])
    expect(figure('Thời gian đến khi kết thúc')?.slice(1, 3)).toEqual([storm.safeMedian, 'phút theo lịch'])
    expect(figure('Tỷ lệ xử lý')?.[1]).toBeCloseTo(storm.handled / storm.total, 12)
    expect(figure('Số đang mở cao nhất')?.[3]).toBeInstanceOf(Date)
    expect(figures.slice(-5).reduce((sum, [, count]) => sum + Number(count), 0)).toBe(storm.total)

    const course = of('Phát sinh và kết thúc')
    expect([course.sum('Phát sinh'), course.sum('Kết thúc')]).toEqual([storm.total, storm.total - storm.open])
    expect(course.rows.at(-1)?.[4]).toBe(storm.open)
    // A workbook has no time zones: the hours are those of Hanoi, without gaps.
    expect(course.rows.slice(1).every((row, place) => Number(row[0]) === Number(course.rows[place]?.[1]))).toBe(true)
    for (const name of ['Theo địa bàn', 'Theo loại phản ánh']) {
      const table = of(name)
      expect([name, table.sum('Tổng'), table.sum('Đang mở'), table.sum('Đã xử lý')]).toEqual([
        name,
        storm.total,
        storm.open,
        storm.handled,
      ])
    }
    const days = of('Theo ngày')
    for (const scale of ['Loại phản ánh', 'Phường, xã']) {
      const rows = days.rows.filter((row) => row[1] === scale)
      expect(rows.reduce((sum, row) => sum + Number(row.at(-1)), 0)).toBe(storm.total)
      for (const row of rows) {
        expect(row.slice(3, -1).reduce((sum: number, count) => sum + Number(count), 0)).toBe(row.at(-1))
      }
    }
    expect(of('Chờ lâu nhất').rows.map(([code]) => code)).toEqual(storm.oldest.map(({ code }) => code))
  })

  test('states which incident, whose figures, as of when, and how each is counted', async ({ storm }) => {
    const { rows } = (await read(storm)).of('Giới thiệu')
    const of = (item: string) => rows.find(([name]) => name === item)?.slice(1)
    expect(of('Tiêu đề')?.[0]).toBe('Diễn biến: Bão số 3')
    expect(of('Bắt đầu')?.[0]).toEqual(new Date('2026-03-01T07:00:00Z'))
    expect(of('Kết thúc')).toEqual([null, 'Đang diễn ra'])
    expect(of('Phạm vi số liệu')?.[0]).toBe('Toàn thành phố')
    expect(of('Thời điểm số liệu')?.[0]).toEqual(new Date('2026-03-17T10:30:00Z'))
    expect(of('Phản ánh được tính')?.[0]).toBe(storm.total)
    expect(of('Không tính: đã gộp')?.[0]).toBe(storm.citizens - storm.total)
    expect(of('Nguồn')?.[0]).toMatch(/^Nguồn/)
    expect(of('Tỷ lệ xử lý')?.[0]).toMatch(/^Phản ánh tiếp nhận trong kỳ đã được trả lời/)
  })
})

test('a title that begins like a formula is not one in CSV', ({ storm }) => {
  const [row] = storm.oldest
  if (!row) throw new Error('nothing is open')
  const [table] = stormSheets({ ...storm, oldest: [{ ...row, title: '=2+5' }] }, 'storm-oldest', 'vi').tables
  expect(table && parse(csvOfSheet(table), { bom: true })[1]?.slice(0, 2)).toEqual([row.code, '\t=2+5'])
})

test('a storm without reports gives tables without rows', ({ storm }) => {
  const nothing = { ...storm, total: 0, handled: 0, hours: [], cells: [], kinds: [], areas: [], oldest: [], peak: null }
  const { tables } = stormSheets(nothing, null, 'en')
  expect(tables.slice(1).map(({ rows }) => rows.length)).toEqual([0, 0, 0, 0, 0])
})
