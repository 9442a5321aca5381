import { useQuery } from '@tanstack/react-query'
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'

export type AreaShapes = FeatureCollection<MultiPolygon | Polygon, { id: number; name: string }>

const day = 24 * 3_600_000

/** The boundaries of the communes, read once. */
export function useAreaShapes() {
  return useQuery({
    queryKey: ['area-shapes'],
    queryFn: async ({ signal }) => (await fetch('/api/map/areas.geojson', { signal })).json() as Promise<AreaShapes>,
    staleTime: day,
    gcTime: day,
  })
}
