'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { suggestionFreshness } from '#components/reports/moves/suggestion-freshness.ts'
import { readyTextFreshness } from '#components/reports/moves/use-ready-texts.ts'
import { photoAddress } from '#components/reports/photos/photo-address.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'

const freshness = 30_000
/** Milliseconds. The report that has just come is rendered first. */
const pause = 60

/**
 * Prefetches what the present and the next decisions need: facts, agencies, templates, duplicates and photos, so that
 * the next report shows at once.
 */
export function useAhead(codes: readonly string[]): void {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const wanted = codes.join(' ')
  useEffect(() => {
    const fetchAhead = async (code: string) => {
      const report = await queries.fetchQuery({ ...trpc.reports.byCode.queryOptions(code), staleTime: freshness })
      for (const { fileId } of report.photos) new Image().src = photoAddress(fileId, 'thumb')
      const [lead] = report.photos
      if (lead) new Image().src = photoAddress(lead.fileId, 'public')
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
      // Only a prefetch: an error is reported where the data is really needed.
      for (const code of wanted.split(' ').filter(Boolean)) void fetchAhead(code).catch(() => undefined)
    }, pause)
    return () => clearTimeout(timer)
  }, [wanted, queries, trpc])
}
