import type { Connection } from '#db/client.ts'
import { places } from '#db/schema/index.ts'
import { placeInAddress } from '#server/places/rules/named-place.ts'
import { unique } from './unique.ts'

type Wanted = { lon: number; lat: number; areaId?: number | null; metres?: number }

/** A place of the gazetteer as a file would have brought it: "Phố Đội Cấn", "Ngõ 12 Đội Cấn", "95 Phố Đội Cấn". */
export async function buildPlace(db: Connection, name: string, { lon, lat, areaId = null, metres = 15 }: Wanted) {
  const named = placeInAddress(name)
  if (!named) throw new Error(`"${name}" names no place`)
  const extent = { west: lon, south: lat, east: lon, north: lat }
  await db.insert(places).values({
    ...named,
    source: 'file',
    origin: 'test',
    digest: unique('place'),
    lon,
    lat,
    ...extent,
    areaId,
    metres,
  })
}
