'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { suggestionFreshness } from '#components/reports/moves/suggestion-freshness.ts'
import { readyTextFreshness } from '#components/reports/moves/use-ready-texts.ts'
import { photoAddress } from '#components/reports/photos/photo-address.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'

const freshness = 30_000
/** The report that has just come is drawn first. */
const pause = 60

/**
 * Fetches what is decided on now and next before it is asked for: facts, agencies, ready texts, duplicates and photos,
 * so that a decision is followed at once.
 */
export function useAhead(codes: readonly string[]): void {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const wanted = codes.join(' ')
  useEffect(() => {
    const fetchAhead = async (code: string) => {
      const report = await queries.fetchQuery({ ...trpc.reports.byCode.queryOptions(code), staleTime: freshness })
      for (const { fileId } of report.photos) new Image().src = photoAddress(fileId, 'thumb')
      const where = { categoryCode: report.category.code, areaId: report.area?.id ?? null }
      await Promise.all([
        queries.prefetchQuery({
          ...trpc.categories.suggestedAgency.queryOptions(where),
          staleTime: suggestionFreshness,
        }),
        queries.prefetchQuery({
          ...trpc.reports.likelyAgencies.queryOptions(report.id),
          staleTime: suggestionFreshness,
        }),
        ...(['reject', 'ask_citizen'] as const).map((use) =>
          queries.prefetchQuery({
            ...trpc.answerTemplates.forReport.queryOptions({ use, categoryCode: report.category.code }),
            staleTime: readyTextFreshness,
          }),
        ),
        report.point &&
          queries.prefetchQuery({ ...trpc.reports.likelyDuplicates.queryOptions(report.id), staleTime: freshness }),
      ])
    }
    const timer = setTimeout(() => {
      // Nobody has asked yet: what fails here is told where it is asked for.
      for (const code of wanted.split(' ').filter(Boolean)) void fetchAhead(code).catch(() => undefined)
    }, pause)
    return () => clearTimeout(timer)
  }, [wanted, queries, trpc])
}
