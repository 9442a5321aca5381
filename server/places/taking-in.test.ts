import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { asc, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildArea } from '#db/factories/areas.ts'
import { unique } from '#db/factories/unique.ts'
import { places } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { DomainError } from '#server/platform/errors.ts'
import { takeInPlaces } from './commands/take-in-places.ts'
import { openPlaces } from './files.ts'
import { placeAt } from './queries/at.ts'
import { findPlaces } from './queries/find.ts'
import { placeMeant } from './rules/meant.ts'
import { placeSentences } from './sentences.ts'

const now = () => hanoi('2026-03-02 14:00')
const test = databaseTest
  .extend('area', { scope: 'file', auto: true }, ({ db }) => buildArea(db, { lon: 105.85, lat: 21.03, code: '00070' }))
  .extend('folder', ({ db: _ }, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'places-'))
    onCleanup(() => rmSync(folder, { recursive: true }))
    return folder
  })

const feature = (name: unknown, coordinates: unknown, more: object = {}) => ({
  type: 'Feature',
  properties: { name, kind: 'residential' },
  geometry: { type: 'LineString', coordinates },
  ...more,
})
const collection = (...features: object[]) =>
  `{"type":"FeatureCollection","name":"{[","features":[\n${features.map((each) => JSON.stringify(each)).join(',\n')}]}`

const line = [
  [105.845, 21.03],
  [105.855, 21.03],
]
const street = feature(
  'Phố Thử "Nghiệm" {1}',
  line.map(([lon = 0]) => [lon, 21.037]),
)
const lane = feature('Ngõ 12 Phố Hàng Thử', [
  [105.85, 21.03],
  [105.85, 21.032],
])

async function takeIn(db: Database, file: string, origin: string) {
  return takeInPlaces({ db, now }, { origin, file: await openPlaces(file) })
}

function written(folder: string, name: string, content: string | Buffer): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

const rowsOf = (db: Database, origin: string) =>
  db.select().from(places).where(eq(places.origin, origin)).orderBy(asc(places.name), asc(places.kind))

/** What the command says, in the end or on refusing. */
async function saidOf(taking: Promise<unknown>, locale: 'vi' | 'en'): Promise<string> {
  const error = await taking.catch((caught: unknown) => caught)
  return error instanceof DomainError ? placeSentences(locale).refused(error) : `${error}`
}

describe('a file of places', () => {
  test('gives streets with their lines, and lanes of their street', async ({ db, folder, area }) => {
    const origin = unique('duong')
    const own = feature('Phố Hàng Thử', line)
    const file = written(folder, 'a.geojson.gz', gzipSync(collection(street, own, lane, feature(null, line))))
    expect(await takeIn(db, file, origin)).toEqual({ read: 4, unnamed: 1, added: 3, removed: 0, kept: 0 })
    const rows = await rowsOf(db, origin)
    expect(rows.map(({ kind, name, key, lanes, areaId }) => [kind, name, key, lanes, areaId])).toEqual([
      ['lane', 'Phố Hàng Thử', 'hang thu', '12', area.id],
      ['street', 'Phố Hàng Thử', 'hang thu', '', area.id],
      ['street', 'Phố Thử "Nghiệm" {1}', 'thu nghiem 1', '', area.id],
    ])
    expect(rows[1]).toMatchObject({ lon: 105.85, lat: 21.03, west: 105.845, east: 105.855, lines: [line] })
    const [found] = await findPlaces({ db, now }, { text: 'ngo 12 hang thu' })
    expect(found).toMatchObject({ label: 'Ngõ 12 Phố Hàng Thử', precision: 'lane' })
    const at = await placeAt({ db, now }, { lon: 105.853, lat: 21.0302 })
    expect(at).toMatchObject({ area: { id: area.id }, street: { label: 'Phố Hàng Thử', metres: 22 } })
  })

  test('gives houses and landmarks of a table, and the wards of before', async ({ db, folder, area }) => {
    const origin = unique('diem')
    const rows = [
      '\uFEFFname,kind,lon,lat,commune_code',
      '95 Phố Bảng,address,105.851,21.031,',
      '"Chợ Bảng, khu A",marketplace,105.852,21.031,',
      'Phường Bảng Cũ,former_ward,,,00070',
    ]
    const file = written(folder, 'b.csv', rows.join('\r\n'))
    expect(await takeIn(db, file, origin)).toMatchObject({ read: 3, added: 3 })
    expect((await findPlaces({ db, now }, { text: '95 bang, P. Bảng Cũ' }))[0]).toMatchObject({
      label: '95 Phố Bảng',
      areaId: area.id,
    })
    expect((await findPlaces({ db, now }, { text: 'gần chợ Bảng' }))[0]).toMatchObject({ precision: 'landmark' })
  })

  test('taken in again changes nothing; a newer one replaces what its source gave before', async ({ db, folder }) => {
    const [origin, other] = [unique('moi'), unique('khac')]
    const first = written(folder, 'c.json', collection(street, lane, lane))
    expect(await takeIn(db, first, origin)).toMatchObject({ read: 3, added: 2 })
    await takeIn(db, first, other)
    const before = await rowsOf(db, origin)
    expect(await takeIn(db, first, origin)).toMatchObject({ added: 0, removed: 0, kept: 2 })
    expect(await rowsOf(db, origin)).toEqual(before)
    const newer = written(folder, 'd.json', collection(lane, feature('Phố Mới Mở', line)))
    expect(await takeIn(db, newer, origin)).toMatchObject({ added: 1, removed: 1, kept: 1 })
    expect((await rowsOf(db, origin)).map(({ name }) => name)).toEqual(['Phố Hàng Thử', 'Phố Mới Mở'])
    expect(await rowsOf(db, other)).toHaveLength(2)
  })

  test('gives one street for all its ways, in whatever order they are, with its middle for the commune', async ({
    db,
    folder,
    area,
  }) => {
    const origin = unique('doan')
    const north = (name: string, from: number, to: number, lon = 105.853) =>
      feature(name, [
        [lon, from],
        [lon, to],
      ])
    const ways = [
      north('Phố Nhiều Đoạn', 21.031, 21.034),
      north('Nhiều Đoạn', 21.034, 21.035),
      north('Phố Nhiều Đoạn', 21.0351, 21.038),
      north('Phố Nhiều Đoạn', 21.13, 21.135, 105.7),
      lane,
    ]
    const file = written(folder, 'k.json', collection(...ways))
    expect(await takeIn(db, file, origin)).toEqual({ read: 5, unnamed: 0, added: 3, removed: 0, kept: 0 })
    const before = await rowsOf(db, origin)
    expect(
      before.toSorted((a, b) => a.south - b.south).map(({ name, south, north: end }) => [name, south, end]),
    ).toEqual([
      ['Phố Hàng Thử', 21.03, 21.032],
      ['Phố Nhiều Đoạn', 21.031, 21.038],
      ['Phố Nhiều Đoạn', 21.13, 21.135],
    ])
    for (const turned of [ways.toReversed(), [...ways.slice(2), ...ways.slice(0, 2)], [...ways, ...ways]]) {
      const again = written(folder, 'k.json', collection(...turned))
      expect(await takeIn(db, again, origin)).toMatchObject({ added: 0, removed: 0, kept: 3 })
    }
    expect(await rowsOf(db, origin)).toEqual(before)
    const found = await findPlaces({ db, now }, { text: 'nhieu doan' })
    expect(found.map(({ label, areaId }) => [label, areaId])).toEqual([
      ['Phố Nhiều Đoạn', area.id],
      ['Phố Nhiều Đoạn', null],
    ])
    expect(placeMeant(found)).toBeNull()
  })

  test('of which two have the same street gives one suggestion; namesakes in a commune say what is beside them', async ({
    db,
    folder,
  }) => {
    const alley = (lat: number, lon = 105.85) =>
      feature('Ngõ Trùng Tên', [
        [lon, lat],
        [lon, lat + 0.001],
      ])
    const across = (name: string, lat: number) =>
      feature(name, [
        [105.849, lat],
        [105.851, lat],
      ])
    const both = [alley(21.02), alley(21.024), across('Phố Phía Nam', 21.0199), across('Phố Phía Bắc', 21.0251)]
    await takeIn(db, written(folder, 'l.json', collection(...both)), unique('trung'))
    await takeIn(db, written(folder, 'm.json', collection(alley(21.0201))), unique('trung'))
    const found = await findPlaces({ db, now }, { text: 'ngo trung ten' })
    expect(found.map(({ label, beside }) => [label, beside]).sort()).toEqual([
      ['Ngõ Trùng Tên', 'Phố Phía Bắc'],
      ['Ngõ Trùng Tên', 'Phố Phía Nam'],
    ])
    expect(placeMeant(found)).toBeNull()
  })

  test('with bad rows is refused as a whole, with the number and the reason of each', async ({ db, folder }) => {
    const origin = unique('hong')
    await takeIn(db, written(folder, 'e.json', collection(street)), origin)
    const before = await rowsOf(db, origin)
    const swapped = feature(
      'Đảo',
      line.map(([lon, lat]) => [lat, lon]),
    )
    const bad = collection(
      lane,
      swapped,
      feature('Một điểm', [[105.85, 21.03]]),
      feature('Loại', line, { properties: { name: 'Loại', kind: 7 } }),
    )
    const taking = () => takeIn(db, file, origin)
    const file = written(folder, 'f.json', bad)
    expect(await saidOf(taking(), 'vi')).toBe(
      [
        'Chưa nhận địa điểm nào: 3 dòng không dùng được.',
        'Đối tượng thứ 2: nằm ngoài thành phố; có thể kinh độ và vĩ độ bị đổi chỗ.',
        'Đối tượng thứ 3: hình vẽ không dùng được: cần Point, LineString hoặc MultiLineString.',
        'Đối tượng thứ 4: loại địa điểm (kind) bị trống hoặc không dùng được.',
      ].join('\n'),
    )
    expect((await saidOf(taking(), 'en')).split('\n')[1]).toBe(
      'Feature 2: it is outside the city; longitude and latitude may be in the wrong order.',
    )
    expect(await rowsOf(db, origin)).toEqual(before)
  })

  test.for([
    [
      'cut off',
      'g.json',
      '{"features":[{"type":"Feature"},{"type":"Feature"',
      'GeoJSON, hoặc bị hỏng hay bị cắt ở đối tượng thứ 2',
    ],
    ['cut off behind the last', 'g.json', '{"features":[{"type":"Feature"}]', 'đối tượng thứ 2. Hãy xuất lại tệp'],
    ['damaged', 'g.json', '{"features":[{"type":"Feature"},{"type":"Feature"},{"a":1,,}]}', 'bị cắt ở đối tượng thứ 3'],
    ['no collection', 'g.geojson', '[1,2]', 'GeoJSON'],
    ['no list', 'g.geojson', '{"features":{"a":{"type":"Feature"}}}', 'GeoJSON'],
    ['nothing', 'g.geojson', '', 'GeoJSON'],
    ['no feature', 'g.json', '{"features":[{"type":"Feature"},5]}', 'Đối tượng thứ 2: không đọc được'],
    [
      'too long',
      'g.json',
      `{"features":[{"type":"Feature"},{"a":"${'x'.repeat(2_100_000)}"}]}`,
      'Đối tượng thứ 2 dài quá 2.000.000 byte',
    ],
    ['no columns', 'g.csv', 'ten,loai\nA,b', 'name, kind'],
    ['of another format', 'g.shp', '', '.geojson, .json'],
    ['an open quote', 'g.csv', 'name,kind,lon,lat\n"Chợ,market,105.8,21', 'Dòng 2: không đọc được'],
    ['no point', 'h.csv', 'name,kind,lon,lat\nChợ,market,,', 'Dòng 2: tọa độ không dùng được'],
    ['unknown commune', 'i.csv', 'name,kind,commune_code\nPhường Xa,former_ward,99999', 'Dòng 2: mã phường, xã'],
  ] as const)(
    'that cannot be used is refused with a sentence: %s',
    async ([, name, content, sentence], { db, folder }) => {
      const origin = unique('la')
      const opening = async () => takeIn(db, written(folder, name, content), origin)
      expect(await saidOf(opening(), 'vi')).toContain(sentence)
      expect(await rowsOf(db, origin)).toEqual([])
    },
  )

  test('of which a part was written when the reading fails leaves nothing behind', async ({ db }) => {
    const origin = unique('dut')
    async function* rows() {
      for (let at = 0; at < 1500; at += 1) {
        yield {
          at,
          row: { name: `Phố Số ${at}`, kind: 'residential', geometry: { type: 'LineString', coordinates: line } },
        }
      }
      throw new Error('the disk is gone')
    }
    const taking = takeInPlaces({ db, now }, { origin, file: { unit: 'line', rows, progress: () => 0 } })
    await expect(taking).rejects.toThrow('the disk is gone')
    expect(await rowsOf(db, origin)).toEqual([])
  })
})
