'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'

/** Likely duplicates, the likeliest first; ranked by the server. */
export function useLikelyDuplicates({ id, point }: Pick<ReportView, 'id' | 'point'>) {
  const trpc = useTRPC()
  return useQuery({ ...trpc.reports.likelyDuplicates.queryOptions(id), enabled: point !== null, staleTime: 30_000 })
}
