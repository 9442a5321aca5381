'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { Queue } from '#server/reports/rules/queue.ts'
import type { MapListData, MapRow } from './use-map-list.ts'

/** The report that is selected on the map or in its list, and where it is. */
export type Selected = { code: string; lon: number; lat: number }

/** Degrees, a metre or so. */
const beside = 0.00001

/** The row of the selected report: that of the list, or one of its own where the list has not come so far. */
export function useSelected(queue: Queue, list: MapListData, selected: Selected | null) {
  const trpc = useTRPC()
  const listed = list.rows.find(({ code }) => code === selected?.code)
  const { lon, lat } = selected ?? { lon: 0, lat: 0 }
  const box = { west: lon - beside, south: lat - beside, east: lon + beside, north: lat + beside }
  const { data } = useQuery({
    ...trpc.reports.mapList.queryOptions({ queue, box }),
    enabled: selected !== null && listed === undefined && !list.isLoading,
  })
  const found = data?.rows.find(({ code }) => code === selected?.code)
  const row: MapRow | null =
    listed ?? (found && data ? { ...found, countedAt: data.asOf, openTime: data.openTime } : null)
  return { row, isListed: listed !== undefined }
}
