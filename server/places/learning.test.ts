import { eq, sql as raw } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildTeam } from '#db/factories/team.ts'
import { placeMarks, placeReadings, placeRenewals, places, reports } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { seenBy } from '#server/reports/queries/scope.ts'
import { learnPlaces } from './commands/learn-places.ts'
import { takeInPlaces } from './commands/take-in-places.ts'
import { placeAt } from './queries/at.ts'
import { findPlaces } from './queries/find.ts'

const now = () => hanoi('2026-03-02 14:00')
const centre = { lon: 105.85, lat: 21.03 }
/** A point that lies a distance in metres to the east of the centre. */
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

const find = (db: Database, text: string) => findPlaces({ db, now, seen: 'all' }, { text })

describe('a place is learned from the addresses and points of reports', () => {
  test('the house of a report is found by what others type for it', async ({ db, area }) => {
    await report(db, area.id, 'đối diện 95 phố Đê La Thành', east(100))
    await learnAll(db)
    for (const text of [
      '95 Đê La Thành',
      '95 de la thanh',
      'SN 95 phố Đê La Thành',
      'gần 95 đê la thành, P. Láng Thượng',
    ]) {
      const [first] = await find(db, text)
      expect(first, text).toMatchObject({
        label: '95 Phố Đê La Thành',
        kind: 'house',
        precision: 'house',
        ...east(100),
      })
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
    const { id } = await report(db, area.id, '9 phố Hàng Tre', east(0))
    await learnAll(db)
    expect(await find(db, '9 hang tre')).not.toEqual([])
    await db
      .update(reports)
      .set({ address: '9 phố Hàng Muối', ...east(300) })
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
    const { id } = await report(db, area.id, '12 phố Hàng Da, nhà bà Nguyễn Thị Hoa, ĐT 0912345678', east(0))
    const { id: other } = await report(db, area.id, 'Nhà bà Nguyễn Thị Hoa, 12 Hàng Da', east(0))
    await learnAll(db)
    const readings = await db.select().from(placeReadings).where(raw`report_id in (${id}, ${other})`)
    expect(readings).toMatchObject([{ reportId: id, name: 'Phố Hàng Da', key: 'hang da', number: 12 }])
    const kept = await db.execute<{ row: string }>(raw`select places::text as row from places`)
    expect(kept.filter(({ row }) => /hoa|0912345678/i.test(row.replaceAll('Hàng', '')))).toEqual([])
  })

  test('a name in no file is learned where it is called a street, or three reports agree on it', async ({
    db,
    area,
  }) => {
    await report(db, area.id, '12 Nguyễn Thị Hoa', east(0))
    await report(db, area.id, 'số 14 Nguyễn Thị Hoa', east(20))
    await learnAll(db)
    expect(await db.$count(places, raw`key = 'nguyen thi hoa'`)).toBe(0)
    await report(db, area.id, '16 Nguyễn Thị Hoa', east(40))
    await report(db, area.id, '2 phố Nguyễn Thị Lan', east(40))
    await learnAll(db)
    expect((await find(db, '12 nguyen thi hoa'))[0]).toMatchObject({ precision: 'house', ...east(0) })
    expect((await find(db, '2 nguyen thi lan'))[0]).toMatchObject({ precision: 'house', ...east(40) })
  })

  test('a name that a file brings is learned from reports that came before it', async ({ db, area }) => {
    await report(db, area.id, '12 Vọng Đức', east(0))
    await learnAll(db)
    expect(await find(db, '12 vong duc')).toEqual([])
    const { lon, lat } = east(30)
    const row = { name: 'Phố Vọng Đức', kind: 'residential', geometry: { type: 'Point', coordinates: [lon, lat] } }
    const rows = async function* () {
      yield { at: 1, row }
    }
    await takeInPlaces({ db, now }, { origin: 'vọng đức', file: { unit: 'line', rows, progress: () => 1 } })
    await learnAll(db)
    expect((await find(db, '12 vong duc'))[0]).toMatchObject({ precision: 'house', ...east(0) })
  })

  test('a name of very many marks does not hold up others', async ({ db, area }) => {
    await report(db, area.id, `7 phố Ha${'\u0330'.repeat(250)}ng`, east(0))
    await report(db, area.id, '7 phố Hàng Giầy', east(0))
    await learnAll(db)
    expect(await find(db, '7 hang giay')).not.toEqual([])
    expect(await db.$count(placeMarks)).toBe(0)
  })

  test('a street that cannot be summed up does not hold up others', async ({ db, area }) => {
    const { id } = await report(db, area.id, '7 phố Hàng Hỏng', east(0))
    await report(db, area.id, '7 phố Hàng Lành', east(0))
    while (await db.$count(placeMarks)) await learnPlaces({ db })
    await db.update(placeReadings).set({ lon: 200 }).where(eq(placeReadings.reportId, id))
    await learnAll(db)
    expect(await find(db, '7 hang lanh')).not.toEqual([])
    expect(await db.$count(placeRenewals)).toBe(0)
  })

  test('what only a deleted report has taught is forgotten', async ({ db, area }) => {
    const { id } = await report(db, area.id, '21 phố Hàng Chai', east(0))
    await learnAll(db)
    expect(await find(db, '21 hang chai')).not.toEqual([])
    await db.delete(placeReadings).where(eq(placeReadings.reportId, id))
    await learnAll(db)
    expect(await find(db, '21 hang chai')).toEqual([])
  })

  test('a number is not placed by those of another street of that name', async ({ db, area, far }) => {
    await report(db, area.id, '1 phố Lê Lai', east(0))
    await report(db, far.id, '94 phố Lê Lai', { lon: 105.95, lat: 21.1 })
    await report(db, far.id, '96 phố Lê Lai', { lon: 105.95, lat: 21.101 })
    await learnAll(db)
    const found = await find(db, '95 Lê Lai')
    expect(found.map(({ areaName, precision }) => [areaName, precision]).sort()).toEqual([
      ['Phường Hoàn Kiếm', 'street'],
      ['Xã Đông Anh', 'interpolated'],
    ])
  })

  test('a lane with the number of a telephone finds its street', async ({ db, area }) => {
    await report(db, area.id, '2 phố Hàng Cót', east(0))
    await learnAll(db)
    for (const text of ['ngõ 84912345678 Hàng Cót', '3/84912345678/2 Hàng Cót', '84912345678/2 phố Hàng Cót']) {
      expect((await find(db, text))[0]?.label, text).toContain('Phố Hàng Cót')
    }
  })

  test('a lane and the street are known by their houses, each commune by its own', async ({ db, area, far }) => {
    await report(db, area.id, 'số 3 ngõ 12 phố Trần Phú', east(50))
    await report(db, far.id, 'số 8 phố Trần Phú', { lon: 105.95, lat: 21.1 })
    await learnAll(db)
    expect((await find(db, 'ngõ 12 Trần Phú'))[0]).toMatchObject({
      label: 'Ngõ 12 Phố Trần Phú',
      precision: 'lane',
      ...east(50),
    })
    const names = (await find(db, 'đường Trần Phú')).map(({ areaName }) => areaName)
    expect(names.sort()).toEqual(['Phường Hoàn Kiếm', 'Xã Đông Anh'])
    expect((await find(db, 'Trần Phú, xã Đông Anh'))[0]?.areaName).toBe('Xã Đông Anh')
    const [near] = await findPlaces({ db, now, seen: 'all' }, { text: 'Trần Phú', near: { lon: 105.95, lat: 21.1 } })
    expect(near?.areaName).toBe('Xã Đông Anh')
    const [own] = await findPlaces({ db, now, seen: 'all' }, { text: 'Trần Phú', areaId: area.id })
    expect(own?.areaName).toBe('Phường Hoàn Kiếm')
  })

  test('what is learned again stays the same place', async ({ db, area }) => {
    await report(db, area.id, '5 phố Hàng Lược', east(0))
    await learnAll(db)
    const [before] = await find(db, '5 hang luoc')
    await report(db, area.id, '5 phố Hàng Lược', east(10))
    await learnAll(db)
    const [after] = await find(db, '5 hang luoc')
    expect(after?.id).toBe(before?.id)
    expect(after?.lon).not.toBe(before?.lon)
  })

  test('work that was broken off goes on where it stopped', async ({ db, area }) => {
    await report(db, area.id, '15 phố Hàng Quạt', east(0))
    expect(await learnPlaces({ db })).toBe(true)
    expect(await find(db, '15 hang quat')).toEqual([])
    expect(await db.$count(placeRenewals)).toBe(1)
    await learnAll(db)
    expect(await find(db, '15 hang quat')).not.toEqual([])
    expect(await learnPlaces({ db })).toBe(false)
  })

  test('where one report has taught a house or a lane, only those who may see the report find it', async ({
    db,
    area,
  }) => {
    const [own, other] = [await buildTeam(db), await buildTeam(db)]
    const held = { areaId: area.id, state: 'in_progress', agencyId: own.agency.id } as const
    await buildReport(db, { ...held, address: 'số 9 ngõ 24 Hàng Chai', ...east(300) })
    await buildReport(db, { ...held, address: '61 Hàng Chai', ...east(400) })
    await report(db, area.id, '5 Hàng Chai', east(0))
    await learnAll(db)
    const places = async (actor: Actor | undefined, text: string) => {
      const found = await findPlaces({ db, now, ...(actor && { seen: seenBy(actor) }) }, { text })
      return found.filter(({ precision }) => precision !== 'street').map(({ precision, lon }) => [precision, lon])
    }
    const exact = [
      ['61 hang chai', 'house', 400],
      ['9 ngo 24 hang chai', 'house', 300],
      ['ngo 24 hang chai', 'lane', 300],
    ] as const
    for (const [text, precision, metres] of exact) {
      for (const actor of [own.officer, own.dispatcher, other.dispatcher]) {
        expect(await places(actor, text), text).toContainEqual([precision, east(metres).lon])
      }
      for (const actor of [other.officer, undefined]) expect(await places(actor, text), text).toEqual([])
    }
    // Nor are houses placed between such.
    expect(await places(other.officer, '45 hang chai')).toEqual([])
    const withdrawn = { knownTo: [other.agency.id], releasedAt: new Date(Date.now() + 60_000) }
    await db.update(reports).set(withdrawn).where(eq(reports.address, '61 Hàng Chai'))
    expect(await places(own.officer, '61 hang chai')).not.toContainEqual(['house', east(400).lon])
    await report(db, area.id, '61 Hàng Chai', east(420))
    await learnAll(db)
    expect(await places(other.officer, '61 hang chai')).toEqual([['house', expect.closeTo(east(410).lon, 6)]])
  })

  test('beside a point, a lane is named to those who may see the report that taught it', async ({ db, far }) => {
    const [own, other] = [await buildTeam(db), await buildTeam(db)]
    const point = { lon: 105.955, lat: 21.105 }
    const held = { areaId: far.id, state: 'in_progress', agencyId: own.agency.id } as const
    await buildReport(db, { ...held, address: 'ngõ 7 Cổ Loa', ...point })
    for (const lat of [21.105, 21.11]) await report(db, far.id, 'đường Cổ Loa', { ...point, lat })
    await learnAll(db)
    const beside = async (actor: Actor) => (await placeAt({ db, now, seen: seenBy(actor) }, point)).street?.label
    // The street itself is too long to be known by its middle.
    expect([await beside(own.officer), await beside(other.officer)]).toEqual([expect.any(String), undefined])
  })
})
