'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type SearchedReport, useSearchedReports } from '#components/reports/queue/use-searched-reports.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { matchOptions, type PickerOption } from '#components/ui/match-options.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { Offers } from './offers.ts'

const most = 8

/**
 * Other reports by code, address or words: first those related to this one, then recently opened ones, then search
 * results.
 */
export function useReportOffers(report: ReportView, query: string | null): Offers {
  const trpc = useTRPC()
  const { data: likely } = useQuery({
    ...trpc.reports.likelyDuplicates.queryOptions(report.id),
    enabled: query !== null && (report.point !== null || report.address !== ''),
  })
  const { inMemory, found, isSearching, isMissing } = useSearchedReports(query ?? '', query !== null)
  return useMemo((): Offers => {
    if (query === null) return { options: [], state: 'there' }
    const { linkedTo, mergedInto, linked, merged, code } = report
    const related = [linkedTo, mergedInto, ...linked, ...merged].filter((each) => each !== null)
    const known = matchOptions(optionsOf([...related, ...(likely?.found ?? []), ...inMemory]), query).slice(0, most)
    // Matches in the title come before matches further down. Results for an earlier query stay as long as they match,
    // so that nothing flickers.
    const fitting = matchOptions(optionsOf(found), query)
    const isOfNow = !isSearching && !isMissing
    const more = isOfNow ? [...fitting, ...optionsOf(found)] : fitting
    const all = new Map([...known, ...more].map((option) => [option.id, option]))
    all.delete(code)
    return {
      options: [...all.values()].slice(0, most).map((each) => ({ ...each, text: each.id })),
      state: isOfNow ? 'there' : isSearching ? 'coming' : 'missing',
    }
  }, [query, report, likely, inMemory, found, isSearching, isMissing])
}

type Named = Pick<SearchedReport, 'code' | 'title'> & Partial<SearchedReport>

const optionsOf = (reports: readonly Named[]): (PickerOption & { note: string })[] =>
  reports.map(({ code, title, address }) => ({
    id: code,
    label: title,
    note: [code, address].filter(Boolean).join(' · '),
  }))
