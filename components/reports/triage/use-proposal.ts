'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSuggestedAgency } from '#components/reports/moves/use-suggested-agency.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { suggestCategories, unsortedCategory } from '#server/reports/rules/suggest-category.ts'

export type Proposal = {
  /** Whether the rules have answered. */
  isKnown: boolean
  /** Null where the rules do not decide, or the report has no category yet. */
  agency: PickerOption | null
  /** A category that the text suggests, where it differs from the one the report has. */
  categoryCode: string | null
}

/**
 * What the rules propose for a report: an agency by category and place, and a category where the text suggests another.
 */
export function useProposal(report: ReportView): Proposal {
  const trpc = useTRPC()
  const usual = useSuggestedAgency(report, report.category.code, true)
  const { data: keywords } = useQuery({
    ...trpc.reports.categoryKeywords.queryOptions(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { title, body } = report.readAs ?? report
  const found = useMemo(() => suggestCategories(title, body, keywords ?? []), [title, body, keywords])
  const isNamed = found.length === 0 || found.includes(report.category.code)
  return {
    isKnown: usual !== undefined || report.category.code === unsortedCategory,
    agency: report.category.code === unsortedCategory ? null : (usual ?? null),
    categoryCode: isNamed ? null : (found[0] ?? null),
  }
}
