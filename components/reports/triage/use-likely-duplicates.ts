'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'

/** Likely duplicates, the likeliest first, and whether there was anything to compare by; ranked by the server. */
export function useLikelyDuplicates({ id, point, address }: Pick<ReportView, 'id' | 'point' | 'address'>) {
  const trpc = useTRPC()
  const isPlaced = point !== null || address !== ''
  return useQuery({ ...trpc.reports.likelyDuplicates.queryOptions(id), enabled: isPlaced, staleTime: 30_000 })
}
