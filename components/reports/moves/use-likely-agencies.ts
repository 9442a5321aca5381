'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { useAgencyOptions } from './use-options.ts'
import { suggestionFreshness } from './use-suggested-agency.ts'

/** Where reports of its place usually go other than where it is, the likeliest first; empty until that is known. */
export function useLikelyAgencies(report: Pick<ReportView, 'id' | 'agency'>): PickerOption[] {
  const trpc = useTRPC()
  const options = useAgencyOptions()
  const { data } = useQuery({ ...trpc.reports.likelyAgencies.queryOptions(report.id), staleTime: suggestionFreshness })
  const here = report.agency?.id
  return useMemo(
    () => (data ?? []).flatMap((agencyId) => options?.find(({ id }) => id === agencyId && id !== here) ?? []),
    [data, options, here],
  )
}
