import { sql } from 'drizzle-orm'
import { runPrepared } from '#db/prepared.ts'
import type { Context } from '#server/accounts/context.ts'
import { areaAt } from '#server/areas/queries.ts'
import type { LonLat } from '#server/areas/rules/area-of-point.ts'
import { besideLines } from '../rules/lines.ts'
import type { PlaceAt, StreetLine } from '../rules/place.ts'

/** A street within this distance is beside a point: in degrees for the index, and in metres. */
const beside = { degrees: 0.0015, metres: 150 }

/** The commune of a point and the street beside it. */
export async function placeAt({ db, now }: Pick<Context, 'db' | 'now'>, point: LonLat): Promise<PlaceAt> {
  const [area, rows] = await Promise.all([areaAt(db, point, now()), runPrepared<Row>(db, besideStatement(point))])
  const streets = rows
    .map(({ name, lines, lon, lat }) => ({
      label: name,
      metres: Math.round(besideLines(lines ?? [[[lon, lat]]], point)?.metres ?? Number.POSITIVE_INFINITY),
    }))
    .filter(({ metres }) => metres <= beside.metres)
    .sort((a, b) => a.metres - b.metres)
  return { area: area && { id: area.id, name: area.name }, street: streets[0] ?? null }
}

type Row = { name: string; lon: number; lat: number; lines: StreetLine[] | null }

export const besideStatement = ({ lon, lat }: LonLat) => sql`
  select name, lon, lat, lines from places
  where box(point(west, south), point(east, north)) && box(
      point(${lon - beside.degrees}::float8, ${lat - beside.degrees}::float8),
      point(${lon + beside.degrees}::float8, ${lat + beside.degrees}::float8))
    and kind in ('street', 'lane')
  limit 200`
