'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { suggestionFreshness } from './suggestion-freshness.ts'
import { useAgencyOptions } from './use-options.ts'

/**
 * The agency that category and place suggest. One that has just returned the report is not proposed again; the one it
 * named instead is. Null without a suggestion; undefined while it is not known.
 */
export function useSuggestedAgency(
  report: ReportView,
  categoryCode: string,
  wanted: boolean,
): PickerOption | null | undefined {
  const trpc = useTRPC()
  const options = useAgencyOptions(wanted)
  const { data, isPending } = useQuery({
    ...trpc.categories.suggestedAgency.queryOptions({ categoryCode, areaId: report.area?.id ?? null }),
    enabled: wanted && categoryCode !== '',
    staleTime: suggestionFreshness,
  })
  if (!wanted) return null
  if (!options) return undefined
  const returned = report.timeline.findLast(({ event }) => event === 'returned')
  const named = returned?.values.suggested && options.find(({ label }) => label === returned.values.suggested)
  if (named) return named
  if (isPending && categoryCode !== '') return undefined
  const usual = options.find(({ id }) => id === data)
  return usual && usual.label !== returned?.values.agency ? usual : null
}
