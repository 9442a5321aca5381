import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { areaFinder } from '#server/areas/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { placeLimits } from '#server/platform/rules/limits.ts'
import type { PlaceFile } from '../files.ts'
import { atPoint, type FilePlace, type RowFault, readRow } from '../rules/file-row.ts'
import { joinWays } from './join-ways.ts'

export type BadPlaceRow = { at: number; fault: RowFault }
export type PlaceCounts = { read: number; unnamed: number; added: number; removed: number; kept: number }

type Order = {
  /** What the rows are from: rows that were taken in from it before and are missing now are removed. */
  origin: string
  file: PlaceFile
  onProgress?: ((rows: number, share: number) => void) | undefined
}

const batch = 1000
/** A place may lie this far outside the labels of the communes, in degrees. */
const margin = 0.2

/**
 * Takes in a file of places. All of it in one transaction: with a bad row nothing changes. The same file once more
 * changes nothing either, in whatever order its rows are.
 */
export async function takeInPlaces({ db, now }: Pick<Context, 'db' | 'now'>, order: Order): Promise<PlaceCounts> {
  const { origin, file, onProgress } = order
  const { locate, areaIdOf } = await locator({ db, now })
  return db.transaction(async (tx) => {
    await tx.execute(sql`create temporary table place_rows (like places including defaults) on commit drop`)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('places:' || ${origin}))`)
    const bad: BadPlaceRow[] = []
    let [read, unnamed, faults] = [0, 0, 0]
    let waiting: Row[] = []
    for await (const { at, row } of file.rows()) {
      if (++read > placeLimits.file.rows) throw new DomainError('places_too_many', { most: placeLimits.file.rows })
      const result = row ? readRow(row) : { fault: 'unreadable' as const }
      if (result === 'unnamed') unnamed += 1
      else {
        const found = 'fault' in result ? result : locate(result.place)
        if ('fault' in found) {
          faults += 1
          if (bad.length < placeLimits.badRows) bad.push({ at, fault: found.fault })
        } else waiting.push(found)
      }
      if (waiting.length < batch) continue
      await write(tx, waiting.splice(0), origin)
      onProgress?.(read, file.progress())
    }
    if (faults > 0) throw new DomainError('places_bad_rows', { bad, count: faults, unit: file.unit })
    await write(tx, waiting, origin)
    waiting = []
    await joinWays(tx, (streets) =>
      write(
        tx,
        streets.map((street) => ({ ...street, areaId: areaIdOf(street) })),
        origin,
      ),
    )
    return { read, unnamed, ...(await replace(tx, origin)) }
  })
}

type Row = FilePlace & { areaId: number | null }

/** Finds the commune of a place: by its point, and of a former ward by the code that the file gives. */
async function locator({ db, now }: Pick<Context, 'db' | 'now'>) {
  const { areas, areaOf } = await areaFinder(db, now())
  const byCode = new Map(areas.map((area) => [area.code, area]))
  const lons = areas.map(({ labelLon }) => labelLon)
  const lats = areas.map(({ labelLat }) => labelLat)
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)]
  const isOutside = ({ lon, lat }: FilePlace) =>
    areas.length > 0 && (lon < west - margin || lon > east + margin || lat < south - margin || lat > north + margin)
  const areaIdOf = (place: FilePlace) => areaOf(place)?.id ?? null
  const locate = (place: FilePlace): Row | { fault: RowFault } => {
    if (place.communeCode === null) {
      return isOutside(place) ? { fault: 'outside' } : { ...place, areaId: areaIdOf(place) }
    }
    const area = byCode.get(place.communeCode)
    if (!area) return { fault: 'commune' }
    return { ...place, ...atPoint({ lon: area.labelLon, lat: area.labelLat }, place.kind), areaId: area.id }
  }
  return { locate, areaIdOf }
}

async function write(tx: Transaction, rows: readonly Row[], origin: string): Promise<void> {
  if (rows.length === 0) return
  const list = JSON.stringify(rows.map((row) => ({ ...row, digest: digestOf(row) })))
  await tx.execute(sql`
    insert into place_rows (id, source, origin, digest, kind, name, key, lanes, number, letter, lon, lat, area_id, west,
      south, east, north, lines, metres)
    select 0, 'file', ${origin}, digest, kind, name, key, lanes, number, letter, lon, lat, "areaId", west, south, east,
      north, lines, metres
    from jsonb_to_recordset(${list}::text::jsonb) as row(digest text, kind text, name text, key text, lanes text,
      number int, letter text, lon float8, lat float8, "areaId" int, west float8, south float8, east float8,
      north float8, lines jsonb, metres int)`)
}

/** The same row has the same digest, however the file is ordered. */
function digestOf({ kind, name, lanes, number, letter, lon, lat, lines, areaId }: Row): string {
  const said = JSON.stringify([kind, name, lanes, number, letter, lon, lat, lines, areaId])
  return createHash('sha256').update(said).digest('base64url').slice(0, 27)
}

/** Puts the rows of the file in place of those that its source gave before. */
async function replace(tx: Transaction, origin: string): Promise<Omit<PlaceCounts, 'read' | 'unnamed'>> {
  // A name that a file has, or has no more, decides on what is learned of it.
  await tx.execute(sql`
    insert into place_renewals (key, area_id)
    select distinct r.key, coalesce(r.area_id, 0) from place_readings r
    where r.key in (
      (select key from places where origin = ${origin} except select key from place_rows)
      union (select key from place_rows except select key from places where source = 'file'))
    order by 1, 2
    on conflict (key, area_id) do update set key = excluded.key`)
  const [counts] = await tx.execute<{ added: number; removed: number; kept: number }>(sql`
    with gone as (
      delete from places p
      where p.origin = ${origin} and not exists (select from place_rows r where r.digest = p.digest)
      returning 1
    ),
    kept as (select count(*)::int as count from places p where p.origin = ${origin}
      and exists (select from place_rows r where r.digest = p.digest)),
    new as (
      insert into places (source, origin, digest, kind, name, key, lanes, number, letter, lon, lat, area_id, west,
        south, east, north, lines, metres)
      select distinct on (digest) source, origin, digest, kind, name, key, lanes, number, letter, lon, lat, area_id,
        west, south, east, north, lines, metres
      from place_rows order by digest
      on conflict (origin, digest) do nothing returning 1
    )
    select (select count(*)::int from new) as added, (select count(*)::int from gone) as removed,
      (select count from kept) as kept`)
  return counts ?? { added: 0, removed: 0, kept: 0 }
}
