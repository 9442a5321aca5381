'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { suggestionFreshness } from '#components/reports/moves/suggestion-freshness.ts'
import { mayDo } from '#components/reports/report/desk.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { LoadedRow } from './use-queue-list.ts'

const rest = 120
const freshness = 30_000

/**
 * Prefetches the focused report and its neighbours once the keys pause: Enter then shows it at once, and the dialog
 * that assigns it has its agency.
 */
export function useNeighbours(rows: readonly LoadedRow[], index: number): void {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const codes = [rows[index], rows[index + 1], rows[index - 1]].map((row) => row?.code ?? '').join(' ')
  useEffect(() => {
    if (index < 0) return
    const timer = setTimeout(() => {
      const fetchAhead = async (code: string) => {
        const report = await queries.fetchQuery({ ...trpc.reports.byCode.queryOptions(code), staleTime: freshness })
        if (!mayDo(report, 'assign')) return
        const where = { categoryCode: report.category.code, areaId: report.area?.id ?? null }
        await queries.prefetchQuery({
          ...trpc.categories.suggestedAgency.queryOptions(where),
          staleTime: suggestionFreshness,
        })
      }
      // Only a prefetch: an error is reported where the data is really needed.
      for (const code of codes.split(' ').filter(Boolean)) void fetchAhead(code).catch(() => undefined)
    }, rest)
    return () => clearTimeout(timer)
  }, [codes, index, queries, trpc])
}
