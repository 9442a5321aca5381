import { type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { runPrepared } from '#db/prepared.ts'
import { beside, type PlaceRow } from '../rules/match.ts'
import type { StreetLine } from '../rules/place.ts'
import { type Seen, usableBy } from './usable.ts'

/** The database, and which reports the user may see. */
type Asker = { db: Connection; seen?: Seen }

const columns = sql.raw(
  `id, source, kind, name, key, lanes, number, letter, lon, lat, area_id as "areaId", west, south, east, north, metres,
   weight`,
)
const most = { named: 200, numbered: 300, compared: 2000, like: 12, near: 120, beside: 40 }

/** An array parameter; the values hold letters, digits, blanks and slashes only. */
const texts = (values: Iterable<string>) => `{${[...values].map((value) => `"${value}"`).join(',')}}`

type Row = Omit<PlaceRow, 'id'> & { id: string }
const rowOf = (row: Row): PlaceRow => ({ ...row, id: Number(row.id) })

/** Places whose name stands in an address, and houses and lanes with one of its numbers on such a street. */
export async function placesNamedIn(
  asker: Asker,
  { names, numbers }: { names: ReadonlyMap<string, unknown>; numbers: readonly number[] },
) {
  const [named, numbered] = await Promise.all([
    runPrepared<Row>(asker.db, namedStatement(texts(names.keys()))),
    numbersOnStreets(asker, names.keys(), numbers),
  ])
  return { named: named.map(rowOf), numbered }
}

export const namedStatement = (names: string): SQL => sql`
  select ${columns}, 1::float8 as likeness from places
  where key = any(${names}::text[]) and kind in ('street', 'landmark', 'former_area')
  order by length(key) desc, weight desc, id limit ${sql.raw(String(most.named))}`

export const numberedStatement = (names: string, numbers: string, seen?: Seen): SQL => sql`
  select ${columns}, 1::float8 as likeness from places p
  where key = any(${names}::text[]) and number = any(${numbers}::int[]) and kind in ('lane', 'house')
    and ${usableBy(seen)}
  order by length(key) desc, weight desc, id limit ${sql.raw(String(most.numbered))}`

/** Which of these words are the name of a street or a landmark. */
export async function namesOfPlaces(db: Connection, words: Iterable<string>): Promise<string[]> {
  const rows = await runPrepared<{ key: string }>(
    db,
    sql`select distinct key from places where key = any(${texts(words)}::text[]) and kind in ('street', 'landmark')`,
  )
  return rows.map(({ key }) => key)
}

/** Names like what was typed, where it is misspelt, each with the words that it is like. */
export async function namesLike(db: Connection, phrases: readonly string[]) {
  const rows = await runPrepared<Row & { phrase: string }>(db, likeStatement(texts(phrases)))
  return rows.map((row) => ({ ...rowOf(row), phrase: row.phrase }))
}

/**
 * Half of the trigrams must be alike: with fewer, the index would return every Nguyễn. The limit is set for this
 * statement, before its index is asked. However many names are like it, only so many are compared.
 */
export const likeStatement = (phrases: string): SQL => sql`
  select l.*, phrase
  from (select set_config('pg_trgm.similarity_threshold', '0.5', true) as likeness) as set_first,
    unnest(${phrases}::text[]) as phrase, lateral (
      select * from (
        select ${columns}, similarity(key, phrase)::float8 as likeness from places
        where set_first.likeness <> '' and key % phrase and kind in ('street', 'landmark')
        limit ${sql.raw(String(most.compared))}) compared
      order by likeness desc, weight desc, id limit ${sql.raw(String(most.like))}) l`

/** Houses and lanes with some numbers on some streets. */
export async function numbersOnStreets({ db, seen }: Asker, keys: Iterable<string>, numbers: readonly number[]) {
  if (numbers.length === 0) return []
  const rows = await runPrepared<Row>(db, numberedStatement(texts(keys), `{${numbers.join(',')}}`, seen))
  return rows.map(rowOf)
}

type Asked = Pick<PlaceRow, 'id' | 'key' | 'areaId' | 'west' | 'south' | 'east' | 'north'> & { number: number }

/**
 * The lines of streets, and the numbers that are known on them or near them: houses, and lanes where they begin.
 * Whether they are of this street or of another one of that name, `isOf` tells.
 */
export async function streetsInDetail({ db, seen }: Asker, streets: readonly Asked[]) {
  const list = JSON.stringify(
    streets.map(({ id, key, number, areaId, west, south, east, north }) => ({
      ...{ id, key, number, area: areaId },
      ...{ west: west - beside, south: south - beside, east: east + beside, north: north + beside },
    })),
  )
  const [lines, numbers] = await Promise.all([
    linesOf(
      db,
      streets.map(({ id }) => id),
    ),
    runPrepared<Row & { lines: StreetLine[] | null }>(db, numbersStatement(list, seen)),
  ])
  return {
    lines,
    numbers: numbers.map((row) => ({ ...rowOf(row), lines: row.lines })),
  }
}

/** The lines of streets; of some none are known. */
export async function linesOf(db: Connection, ids: readonly number[]): Promise<Map<number, StreetLine[]>> {
  const rows = await runPrepared<{ id: string; lines: StreetLine[] }>(db, linesStatement(`{${ids.join(',')}}`))
  return new Map(rows.map(({ id, lines }) => [Number(id), lines]))
}

const linesStatement = (ids: string): SQL =>
  sql`select id, lines from places where id = any(${ids}::bigint[]) and lines is not null`

/** Of the nearest numbers those that are usable: so few reports are looked up on a street of thousands. */
export const numbersStatement = (list: string, seen?: Seen): SQL => sql`
  select n.* from jsonb_to_recordset(${list}::text::jsonb) as asked(id bigint, key text, number int, area int,
    west float8, south float8, east float8, north float8), lateral (
    select ${columns}, 1::float8 as likeness, case when kind = 'lane' then lines end as lines from (
      select * from places p
      where p.key = asked.key and p.kind in ('lane', 'house')
        and (p.area_id = asked.area
          or p.lon between asked.west and asked.east and p.lat between asked.south and asked.north)
        and (p.kind = 'lane' or p.lanes = '') and p.lanes not like '%/%'
      order by abs(p.number - asked.number) limit ${sql.raw(String(most.near))}) p
    where ${usableBy(seen)}
    order by abs(p.number - asked.number) limit ${sql.raw(String(most.beside))}) n`

/** Every word of the names of streets and landmarks, with the number of places in whose names it is. */
export const wordsOfNames = (db: Connection): Promise<{ word: string; places: number }[]> =>
  runPrepared(
    db,
    sql`select word, sum(named)::int as places
      from (select key, count(*) as named from places where kind in ('street', 'landmark') group by key) names,
        unnest(string_to_array(key, ' ')) as word where word !~ '[0-9]' group by word`,
  )
