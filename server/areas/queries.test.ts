import { expect } from 'vitest'
import { buildArea } from '#db/factories/areas.ts'
import { test } from '#db/testing.ts'
import { areaAt, areaById, areaMap, validAreas } from './queries.ts'

const at = new Date('2026-03-02T05:00:00Z')

test('communes come in Vietnamese order, and only those valid on the day', async ({ db }) => {
  for (const shortName of ['Đống Đa', 'Ba Đình', 'Ô Chợ Dừa', 'Đan Phượng', 'Dương Nội', 'Ảo']) {
    await buildArea(db, { shortName, lon: 105.1, lat: 20.5 })
  }
  await buildArea(db, { shortName: 'Trúc Bạch', validFrom: '2020-01-01', validTo: '2025-06-30', lon: 105.1, lat: 20.5 })
  const names = (await validAreas(db, at)).map(({ shortName }) => shortName)
  expect(names).toEqual(['Ảo', 'Ba Đình', 'Dương Nội', 'Đan Phượng', 'Đống Đa', 'Ô Chợ Dừa'])
  const before = (await validAreas(db, new Date('2025-06-30T05:00:00Z'))).map(({ shortName }) => shortName)
  expect(before).toEqual(['Trúc Bạch'])
})

test('a point belongs to the commune whose boundary contains it, or to none', async ({ db }) => {
  const area = await buildArea(db, { lon: 105.9, lat: 21.1, name: 'Xã Đông Anh' })
  expect(await areaAt(db, { lon: 105.905, lat: 21.105 }, at)).toEqual({
    id: area.id,
    code: area.code,
    name: 'Xã Đông Anh',
  })
  expect(await areaAt(db, { lon: 107, lat: 21 }, at)).toBeNull()
  const drawn = (await areaMap(db, at)).features.find(({ id }) => id === area.id)
  expect(drawn?.properties).toEqual({
    id: area.id,
    code: area.code,
    name: 'Xã Đông Anh',
    labelLon: 105.9,
    labelLat: 21.1,
  })
  await expect(areaById(db, 0)).rejects.toThrow('not_found')
})
