import { PgDialect } from 'drizzle-orm/pg-core'
import { describe, expect } from 'vitest'
import { writeManyPlaces } from '#db/factories/many-places.ts'
import { places } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { besideStatement } from './queries/at.ts'
import { findPlaces } from './queries/find.ts'
import { likeStatement, namedStatement, numberedStatement, numbersStatement } from './queries/lookup.ts'

const now = () => hanoi('2026-03-02 14:00')
const test = databaseTest.extend('many', { scope: 'file', auto: true }, ({ sql }) => writeManyPlaces(sql, 20_000))

describe('among very many places', () => {
  test.for([
    ['by their names', 'places_key', namedStatement('{"nguyen hoa mai","hoa mai","mai"}')],
    ['by their numbers', 'places_number', numberedStatement('{"nguyen hoa mai","hoa mai"}', '{12}')],
    ['by names like theirs', 'places_like', likeStatement('{"nguyen hao mai"}')],
    ['beside a number', 'places_number', numbersStatement('[{"id":1,"key":"nguyen hoa mai","number":12}]')],
    ['beside a point', 'places_extent', besideStatement({ lon: 105.8, lat: 21 })],
  ] as const)('they are found %s through an index', async ([, index, statement], { sql }) => {
    const { sql: text, params } = new PgDialect().sqlToQuery(statement)
    const plan = await sql.unsafe(`explain ${text}`, params as never[])
    const shown = plan.map((row) => row['QUERY PLAN']).join('\n')
    expect(shown).toContain(index)
    expect(shown).not.toMatch(/Seq Scan on places/)
  })

  test('of however many names like it, only so many are compared', async ({ sql }) => {
    await sql`insert into places (source, origin, digest, kind, name, key, lon, lat, west, south, east, north, metres)
      select 'file', 'alike', g::text, 'landmark', 'Bệnh viện An', 'benh vien an', 105.8, 21, 105.8, 21, 105.8, 21, 30
      from generate_series(1, 2500) g`
    const { sql: text, params } = new PgDialect().sqlToQuery(likeStatement('{"benh vien ann"}'))
    const plan = await sql.unsafe(`explain analyze ${text}`, params as never[])
    const shown = plan.map((row) => row['QUERY PLAN']).join('\n')
    expect(shown).toMatch(/Sort .*rows=12[\s\S]*Limit .*rows=2000[\s\S]*Bitmap Index Scan on places_like/)
    await sql`delete from places where origin = 'alike'`
  })

  test('a name that was mistyped is found, one of which a word is missing, and one in undecoded Telex', async ({
    db,
  }) => {
    const point = { west: 105.8, south: 21, east: 105.8, north: 21, lon: 105.8, lat: 21, metres: 300 }
    await db.insert(places).values({
      ...{ source: 'file', origin: 'hai-phố', digest: 'a', kind: 'street', name: 'Phố Khuất Duy Tiến' },
      ...{ key: 'khuat duy tien', ...point },
    })
    for (const text of ['95 Khuat Dyu Tein', 'khuất duyy tiến', 'Khuat Tien', '95 Khuaats Duy Tieens']) {
      const [first] = await findPlaces({ db, now }, { text })
      expect(first?.label, text).toContain('Khuất Duy Tiến')
    }
  })

  test('a landmark is found whose name has a word like one that says where a place is', async ({ db }) => {
    const found = await findPlaces({ db, now }, { text: 'gần Benh Vien Canh Snih' })
    expect(found.length).toBeGreaterThan(0)
    for (const { label } of found) expect(label).toBe('Benh Vien Canh Sinh')
    expect(await findPlaces({ db, now }, { text: 'gần benh vien' })).toEqual([])
  })

  test('what is no place finds nothing', async ({ db }) => {
    for (const text of ['', '95', ', -', '???', 'zzzzzz qqqqqq', '12/5/3']) {
      expect(await findPlaces({ db, now }, { text }), text).toEqual([])
    }
  })
})
