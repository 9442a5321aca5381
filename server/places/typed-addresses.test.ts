import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { eq, inArray } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { landmarksFile } from '#db/demo/files.ts'
import { buildPlaces, placeIn } from '#db/demo/places.ts'
import { Random } from '#db/demo/random.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { unique } from '#db/factories/unique.ts'
import { writeHanoi } from '#db/hanoi.ts'
import { areas, places, reports } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { fold } from '#server/platform/rules/text.ts'
import { learnPlaces } from './commands/learn-places.ts'
import { takeInPlaces } from './commands/take-in-places.ts'
import { openPlaces } from './files.ts'
import { findPlaces } from './queries/find.ts'
import { besideLines } from './rules/lines.ts'
import type { FoundPlace } from './rules/place.ts'
import { keyOf } from './rules/words.ts'
import { demoAddresses } from './testing/demo-addresses.ts'
import { chance, readShared, type TypedAddress, typedAddresses } from './testing/typed-addresses.ts'

const shared = join(import.meta.dirname, '../../../shared/data')
const now = () => hanoi('2026-03-02 14:00')
const nearby = 150

const test = databaseTest.extend('city', { scope: 'file', auto: true }, ({ db }) => writeHanoi(db))

const share = (list: readonly boolean[]) => list.filter(Boolean).length / list.length

/** The keys of the streets or landmarks that an answer names. */
async function keysOf(db: Database, { id }: FoundPlace): Promise<string[]> {
  const ids = id.split('x').map(Number)
  return (await db.select({ key: places.key }).from(places).where(inArray(places.id, ids))).map(({ key }) => key)
}

/** How far an answer is from the place; of a crossing, from the farther street. */
function metresFrom({ lines, other }: TypedAddress, found: FoundPlace | undefined): number {
  if (!found) return Number.POSITIVE_INFINITY
  const apart = [lines, ...(other ? [other] : [])].map((each) => besideLines(each, found)?.metres)
  return Math.max(...apart.map((metres) => metres ?? Number.POSITIVE_INFINITY))
}

test.skipIf(!existsSync(join(shared, 'hanoi-osm')))(
  'of 200 real addresses as people type them, the right street comes first in 95 %, its place within 150 m in 85 %',
  { timeout: 300_000 },
  async ({ db }) => {
    const folder = mkdtempSync(join(tmpdir(), 'osm-'))
    const data = readShared(shared)
    // Houses that are not taken in are placed between those that are.
    const addresses = data.places.filter(({ kind }) => kind === 'address')
    const heldOut = new Set(chance(7).shuffled(addresses).slice(0, 120))
    const former = data.wards.flatMap((ward) => [
      { name: ward.old_ward_name, kind: 'former_ward', commune_code: ward.new_commune_code },
      { name: ward.old_district_name, kind: 'former_district', commune_code: ward.new_commune_code },
    ])
    const known = data.places.filter((row) => !heldOut.has(row))
    try {
      const file = (name: string, rows: object[]) => {
        writeFileSync(join(folder, name), stringify(rows, { header: true }))
        return join(folder, name)
      }
      const files = [join(shared, 'hanoi-osm/streets.geojson.gz'), file('places.csv', known), file('wards.csv', former)]
      for (const path of files) await takeInPlaces({ db, now }, { origin: path, file: await openPlaces(path) })
      const list = typedAddresses(data, heldOut)
      expect(list).toHaveLength(200)
      const right: boolean[] = []
      const near: boolean[] = []
      for (const typed of list) {
        const [first] = await findPlaces({ db, now }, { text: typed.text })
        const keys = first ? await keysOf(db, first) : []
        right.push(typed.keys.every((key) => keys.includes(key)))
        if (typed.point) near.push(metresFrom(typed, first) <= nearby)
      }
      console.log(
        `real addresses: right street ${share(right)}, of ${near.length} that can be known near ${share(near)}`,
      )
      expect(near.length).toBeGreaterThan(180)
      expect(share(right)).toBeGreaterThanOrEqual(0.95)
      expect(share(near)).toBeGreaterThanOrEqual(0.85)
    } finally {
      await db.delete(places).where(eq(places.source, 'file'))
      rmSync(folder, { recursive: true })
    }
  },
)

test('of 40 addresses in the demo city, learned from its reports, as many are found', { timeout: 300_000 }, async ({
  db,
}) => {
  const world = buildPlaces('hanoi/1')
  const wanted = new Set<string>(demoAddresses.map(([, , commune]) => commune))
  const communes = world.communes.filter(({ shortName }) => wanted.has(shortName))
  expect(communes).toHaveLength(wanted.size)
  const random = new Random('demo addresses')
  const drawn = communes.flatMap((commune) => Array.from({ length: 150 }, () => placeIn(random, commune)))
  await writeReports(db, drawn)
  while (await learnPlaces({ db }));
  const [right, near]: boolean[][] = [[], []]
  for (const [text, street, shortName] of demoAddresses) {
    const commune = communes.find((each) => each.shortName === shortName)
    const road = commune?.roads.find(({ name }) => keyOf(name) === keyOf(street))
    if (!commune || !road) throw new Error(`the demo has no ${street} in ${shortName}`)
    const [first] = await findPlaces({ db, now, seen: 'all' }, { text })
    const keys = first ? await keysOf(db, first) : []
    const isRight = keys.includes(keyOf(street)) && first?.areaName === commune.name
    const line = [
      [road.start.lon, road.start.lat],
      [road.end.lon, road.end.lat],
    ] as const
    const isNear = first !== undefined && (besideLines([line], first)?.metres ?? nearby + 1) <= nearby
    if (!isRight || !isNear) console.log(`${text}: ${first?.label}, ${first?.areaName}`)
    right?.push(isRight)
    near?.push(isNear)
  }
  expect(right).toHaveLength(40)
  expect(share(right ?? [])).toBeGreaterThanOrEqual(0.95)
  expect(share(near ?? [])).toBeGreaterThanOrEqual(0.85)
})

test('each street of the demo that three reports name is found by its name and by a lane of it, without marks', {
  timeout: 300_000,
}, async ({ db }) => {
  const { communes } = buildPlaces('hanoi/1')
  const roads = communes.flatMap((commune) => commune.roads.map((road) => ({ commune, road })))
  const named = ({ commune, road }: (typeof roads)[number]) =>
    [`12 ${road.name}`, `ngõ 15 ${road.name}`, road.name].map((address) => ({ address, point: road.start, commune }))
  await writeReports(db, roads.flatMap(named))
  while (await learnPlaces({ db }));
  const lost: string[] = []
  const bare = new Set(roads.map(({ road }) => road.name.replace(/^(phố|đường) (?!\d)| - .*/g, '')))
  for (const name of bare) {
    for (const text of [name, `ngo 15 ${fold(name)}`]) {
      const found = await findPlaces({ db, now, seen: 'all' }, { text })
      if (!found.some(({ label }) => fold(label).includes(fold(name)))) lost.push(text)
    }
  }
  expect(lost).toEqual([])
})

test('a landmark of the demo is found, and one that is unknown is no street of its name elsewhere', async ({ db }) => {
  await writeReports(
    db,
    ['phố Đồng Xuân', 'phố Đông Quan', 'phố Vạn Hạnh'].flatMap((address) => at(address, { lon: 105.9, lat: 21.1 })),
  )
  while (await learnPlaces({ db }));
  const find = (text: string) => findPlaces({ db, now, seen: 'all' }, { text })
  expect(await find('gan cho dong xuan')).toEqual([])
  await takeInPlaces({ db, now }, { origin: 'demo-landmarks', file: await openPlaces(landmarksFile) })
  for (const [text, label, areaName] of [
    ['gan cho dong xuan', 'Chợ Đồng Xuân', 'Phường Hoàn Kiếm'],
    ['đối diện bệnh viện bạch mai', 'Bệnh viện Bạch Mai', 'Phường Bạch Mai'],
    ['nga tu so', 'Ngã tư Sở', 'Phường Đống Đa'],
  ] as const) {
    expect((await find(text))[0], text).toMatchObject({ label, areaName })
  }
  expect(await find('gan benh vien van hanh')).toEqual([])
})

const at = (address: string, point: { lon: number; lat: number }) =>
  Array.from({ length: 3 }, () => ({ address, point, commune: { code: '' } }))

type Named = { address: string; point: { lon: number; lat: number }; commune: { code: string } }

async function writeReports(db: Database, drawn: readonly Named[]): Promise<void> {
  const { code: categoryCode } = await buildCategory(db)
  const byCode = new Map(
    (await db.select({ id: areas.id, code: areas.code }).from(areas)).map(({ id, code }) => [code, id]),
  )
  const rows = drawn.map(({ address, point, commune }) => ({
    ...({ code: unique('ma'), state: 'awaiting_intake', severity: 'normal', channel: 'app', categoryCode } as const),
    ...{ title: 'Ổ gà', body: 'Đường hỏng', address, ...point, areaId: byCode.get(commune.code) ?? null },
    ...({ receivedAt: now(), maturesAt: now(), lastActivityAt: now(), lastActivityBy: 'citizen' } as const),
    ...{ source: 'test', sourceKey: unique('khoa') },
  }))
  for (let at = 0; at < rows.length; at += 500) await db.insert(reports).values(rows.slice(at, at + 500))
}
