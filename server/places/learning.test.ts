import { eq, sql as raw } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildReport } from '#db/factories/reports.ts'
import { placeMarks, placeReadings, placeRenewals, places, reports } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { learnPlaces } from './commands/learn-places.ts'
import { findPlaces } from './queries/find.ts'

const now = () => hanoi('2026-03-02 14:00')
const centre = { lon: 105.85, lat: 21.03 }
/** So many metres to the east of the centre. */
const east = (metres: number) => ({ lon: centre.lon + metres / 103_900, lat: centre.lat })

const test = databaseTest
  .extend('area', { scope: 'file', auto: true }, ({ db }) => buildArea(db, centre))
  .extend('far', { scope: 'file', auto: true }, ({ db }) =>
    buildArea(db, { lon: 105.95, lat: 21.1, name: 'Xã Đông Anh', shortName: 'Đông Anh' }),
  )

const report = (db: Database, areaId: number, address: string, point: { lon: number; lat: number } | null) =>
  buildReport(db, { address, areaId, lon: point?.lon ?? null, lat: point?.lat ?? null })

async function learnAll(db: Database): Promise<void> {
  while (await learnPlaces({ db }));
}

const find = (db: Database, text: string) => findPlaces({ db, now }, { text })

describe('a place is learned from the addresses and points of reports', () => {
  test('the house of a report is found by what others type for it', async ({ db, area }) => {
    await report(db, area.id, 'đối diện 95 Đê La Thành', east(100))
    await learnAll(db)
    for (const text of [
      '95 Đê La Thành',
      '95 de la thanh',
      'SN 95 phố Đê La Thành',
      'gần 95 đê la thành, P. Láng Thượng',
    ]) {
      const [first] = await find(db, text)
      expect(first, text).toMatchObject({ label: '95 Đê La Thành', kind: 'house', precision: 'house', ...east(100) })
      expect(first?.areaName).toBe('Phường Hoàn Kiếm')
    }
  })

  test('a house between two known ones is placed between them', async ({ db, area }) => {
    await report(db, area.id, '20 phố Hàng Vôi', east(0))
    await report(db, area.id, 'số 40 phố Hàng Vôi', east(200))
    await learnAll(db)
    const [first] = await find(db, '30 hang voi')
    expect(first).toMatchObject({ label: '30 Phố Hàng Vôi', precision: 'interpolated' })
    expect(Math.abs((first?.lon ?? 0) - east(100).lon)).toBeLessThan(0.0002)
  })

  test('many reports of a house count by their middle, and one that is far off does not', async ({ db, area }) => {
    for (const metres of [-20, -10, 0, 10, 20, 900]) await report(db, area.id, '7 Hàng Khay', east(metres))
    await learnAll(db)
    const [row] = await db.select().from(places).where(raw`key = 'hang khay' and kind = 'house'`)
    expect(row?.weight).toBe(5)
    expect(Math.abs((row?.lon ?? 0) - centre.lon)).toBeLessThan(0.00002)
  })

  test('a report that moves or loses its address takes with it what only it has taught', async ({ db, area }) => {
    const { id } = await report(db, area.id, '9 Hàng Tre', east(0))
    await learnAll(db)
    expect(await find(db, '9 hang tre')).not.toEqual([])
    await db
      .update(reports)
      .set({ address: '9 Hàng Muối', ...east(300) })
      .where(eq(reports.id, id))
    await learnAll(db)
    expect(await find(db, '9 hang tre')).toEqual([])
    expect((await find(db, '9 hang muoi'))[0]).toMatchObject(east(300))
    await db.update(reports).set({ address: '' }).where(eq(reports.id, id))
    await learnAll(db)
    expect(await find(db, '9 hang muoi')).toEqual([])
    expect(await db.select().from(placeReadings).where(eq(placeReadings.reportId, id))).toEqual([])
  })

  test('a change of anything else is no reason to read a report again', async ({ db, area }) => {
    const { id } = await report(db, area.id, '3 Hàng Bài', east(0))
    await learnAll(db)
    await db.update(reports).set({ title: 'Khác', severity: 'urgent' }).where(eq(reports.id, id))
    expect(await db.$count(placeMarks)).toBe(0)
  })

  test('nothing of an address is kept but the place', async ({ db, area }) => {
    const { id } = await report(db, area.id, '12 Hàng Da, nhà bà Nguyễn Thị Hoa, ĐT 0912345678', east(0))
    const { id: other } = await report(db, area.id, 'Nhà bà Nguyễn Thị Hoa, 12 Hàng Da', east(0))
    await learnAll(db)
    const readings = await db.select().from(placeReadings).where(raw`report_id in (${id}, ${other})`)
    expect(readings).toMatchObject([{ reportId: id, name: 'Hàng Da', key: 'hang da', number: 12 }])
    const kept = await db.execute<{ row: string }>(raw`select places::text as row from places`)
    expect(kept.filter(({ row }) => /hoa|0912345678/i.test(row.replaceAll('Hàng', '')))).toEqual([])
  })

  test('a lane and the street are known by their houses, each commune by its own', async ({ db, area, far }) => {
    await report(db, area.id, 'số 3 ngõ 12 Trần Phú', east(50))
    await report(db, far.id, 'số 8 Trần Phú', { lon: 105.95, lat: 21.1 })
    await learnAll(db)
    expect((await find(db, 'ngõ 12 Trần Phú'))[0]).toMatchObject({
      label: 'Ngõ 12 Trần Phú',
      precision: 'lane',
      ...east(50),
    })
    const names = (await find(db, 'đường Trần Phú')).map(({ areaName }) => areaName)
    expect(names.sort()).toEqual(['Phường Hoàn Kiếm', 'Xã Đông Anh'])
    expect((await find(db, 'Trần Phú, xã Đông Anh'))[0]?.areaName).toBe('Xã Đông Anh')
    const [near] = await findPlaces({ db, now }, { text: 'Trần Phú', near: { lon: 105.95, lat: 21.1 } })
    expect(near?.areaName).toBe('Xã Đông Anh')
    const [own] = await findPlaces({ db, now }, { text: 'Trần Phú', areaId: area.id })
    expect(own?.areaName).toBe('Phường Hoàn Kiếm')
  })

  test('what is learned again stays the same place', async ({ db, area }) => {
    await report(db, area.id, '5 Hàng Lược', east(0))
    await learnAll(db)
    const [before] = await find(db, '5 hang luoc')
    await report(db, area.id, '5 Hàng Lược', east(10))
    await learnAll(db)
    const [after] = await find(db, '5 hang luoc')
    expect(after?.id).toBe(before?.id)
    expect(after?.lon).not.toBe(before?.lon)
  })

  test('work that was broken off goes on where it stopped', async ({ db, area }) => {
    await report(db, area.id, '15 Hàng Quạt', east(0))
    expect(await learnPlaces({ db })).toBe(true)
    expect(await find(db, '15 hang quat')).toEqual([])
    expect(await db.$count(placeRenewals)).toBe(1)
    await learnAll(db)
    expect(await find(db, '15 hang quat')).not.toEqual([])
    expect(await learnPlaces({ db })).toBe(false)
  })
})
