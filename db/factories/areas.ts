import type { Connection } from '#db/client.ts'
import { areas } from '#db/schema/index.ts'
import { unique } from './unique.ts'

export type BuiltArea = typeof areas.$inferSelect

/** A square commune of about two kilometres around a point. */
export async function buildArea(
  db: Connection,
  { lon = 105.85, lat = 21.03, ...area }: Partial<BuiltArea> & { lon?: number; lat?: number } = {},
): Promise<BuiltArea> {
  const [west, south, east, north] = [lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01]
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  const [row] = await db
    .insert(areas)
    .values({
      code: unique('area'),
      name: 'Phường Hoàn Kiếm',
      shortName: 'Hoàn Kiếm',
      kind: 'phuong',
      validFrom: '2025-07-01',
      labelLon: lon,
      labelLat: lat,
      geometry: { type: 'Polygon', coordinates: [ring] },
      ...area,
    })
    .returning()
  return row as BuiltArea
}
