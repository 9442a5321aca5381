'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { useUsualAgencyOptions } from './use-options.ts'
import { suggestionFreshness } from './use-suggested-agency.ts'

/** As many as there are digits. */
const most = 9

/**
 * Where reports of its place usually go other than where it is, the likeliest first, and then what the account usually chooses; empty
 * until that is known.
 */
export function useLikelyAgencies(report: Pick<ReportView, 'id' | 'agency'>): PickerOption[] {
  const trpc = useTRPC()
  const options = useUsualAgencyOptions()
  const { data } = useQuery({ ...trpc.reports.likelyAgencies.queryOptions(report.id), staleTime: suggestionFreshness })
  const here = report.agency?.id
  return useMemo(() => {
    if (!data || !options) return []
    const likely = data.flatMap((agencyId) => options.find(({ id }) => id === agencyId) ?? [])
    const usual = options.filter(({ uses = 0 }) => uses > 0).sort((a, b) => (b.uses ?? 0) - (a.uses ?? 0))
    return [...new Set([...likely, ...usual])].filter(({ id }) => id !== here).slice(0, most)
  }, [data, options, here])
}
