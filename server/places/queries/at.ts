import { sql } from 'drizzle-orm'
import { runPrepared } from '#db/prepared.ts'
import type { Context } from '#server/accounts/context.ts'
import { areaAt } from '#server/areas/queries.ts'
import type { LonLat } from '#server/areas/rules/area-of-point.ts'
import { besideLines } from '../rules/lines.ts'
import type { PlaceAt, StreetLine } from '../rules/place.ts'
import { type Seen, usableBy } from './usable.ts'

/** A street within this distance is beside a point: in degrees for the index, and in metres. */
const beside = { degrees: 0.0015, metres: 150 }

/** The commune of a point and the street beside it. */
export async function placeAt(
  { db, now, seen }: Pick<Context, 'db' | 'now'> & { seen?: Seen },
  point: LonLat,
): Promise<PlaceAt> {
  const [area, streets] = await Promise.all([areaAt(db, point, now()), streetsBeside({ db, seen }, point)])
  return { area: area && { id: area.id, name: area.name }, street: streets[0] ?? null }
}

type BesideStreet = NonNullable<PlaceAt['street']>

/** The streets beside a point, the nearest first. */
export async function streetsBeside(
  { db, seen }: Pick<Context, 'db'> & { seen?: Seen | undefined },
  point: LonLat,
): Promise<BesideStreet[]> {
  const rows = await runPrepared<Row>(db, besideStatement(point, seen))
  return rows
    .map(({ name, lines, lon, lat }) => ({
      label: name,
      metres: Math.round(besideLines(lines ?? [[[lon, lat]]], point)?.metres ?? Number.POSITIVE_INFINITY),
    }))
    .filter(({ metres }) => metres <= beside.metres)
    .sort((a, b) => a.metres - b.metres)
}

type Row = { name: string; lon: number; lat: number; lines: StreetLine[] | null }

/**
 * The nearest streets first. One that has no lines, as those that were learned, is measured to its middle: where it is
 * long that says nothing, and it is left out.
 */
export const besideStatement = ({ lon, lat }: LonLat, seen?: Seen) => sql`
  select name, lon, lat, lines from places p
  where box(point(west, south), point(east, north)) && box(
      point(${lon - beside.degrees}::float8, ${lat - beside.degrees}::float8),
      point(${lon + beside.degrees}::float8, ${lat + beside.degrees}::float8))
    and kind in ('street', 'lane') and (lines is not null or metres <= ${sql.raw(String(beside.metres))})
    and ${usableBy(seen)}
  order by box(point(west, south), point(east, north)) <-> point(${lon}::float8, ${lat}::float8)
  limit 200`
