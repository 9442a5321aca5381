'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { useAgencyOptions } from './use-options.ts'

export const suggestionFreshness = 60_000

/**
 * The agency that the category and the place speak for. One that has just returned the report is not proposed again; the one it
 * named instead is.
 */
export function useSuggestedAgency(report: ReportView, categoryCode: string, wanted: boolean): PickerOption | null {
  const trpc = useTRPC()
  const options = useAgencyOptions(wanted)
  const { data } = useQuery({
    ...trpc.categories.suggestedAgency.queryOptions({ categoryCode, areaId: report.area?.id ?? null }),
    enabled: wanted && categoryCode !== '',
    staleTime: suggestionFreshness,
  })
  if (!wanted || !options) return null
  const returned = report.timeline.findLast(({ event }) => event === 'returned')
  const named = returned?.values.suggested && options.find(({ label }) => label === returned.values.suggested)
  if (named) return named
  const usual = options.find(({ id }) => id === data)
  return usual && usual.label !== returned?.values.agency ? usual : null
}
