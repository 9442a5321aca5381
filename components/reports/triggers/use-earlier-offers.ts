'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTemplateValues } from '#components/reports/moves/use-ready-texts.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { matchOptions } from '#components/ui/match-options.ts'
import { useFormat } from '#components/ui/use-format.ts'
import { useSettled } from '#components/ui/use-settled.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { renderTemplate } from '#server/reports/rules/templates.ts'
import type { Offers } from './offers.ts'

/** Milliseconds after the last key before the server is queried. */
const pause = 150
const freshness = 60_000

/** Earlier answers to citizens in the same category, searched by their words. */
export function useEarlierOffers(report: ReportView, query: string | null, ofAgency: string): Offers {
  const trpc = useTRPC()
  const format = useFormat()
  const values = useTemplateValues(report)
  const words = query?.trim() ?? ''
  const searchText = useSettled(words, pause)
  const { data, isFetching, isPlaceholderData } = useQuery({
    ...trpc.reports.earlierAnswers.queryOptions({ reportId: report.id, words: searchText }),
    enabled: query !== null,
    staleTime: freshness,
    placeholderData: (before) => before,
  })
  const isComing = isFetching || searchText !== words
  const isOfNow = !isComing && data !== undefined && !isPlaceholderData
  return useMemo((): Offers => {
    const all = (data ?? []).map(({ id, code, agencyName, sentAt, what: template, isOwn }) => {
      const what = renderTemplate(template, values)
      return {
        id,
        label: code,
        note: [agencyName, format.date(sentAt)].filter(Boolean).join(' · '),
        preview: what.split('\n', 1)[0] ?? '',
        also: what,
        text: what,
        ...(isOwn && { tag: ofAgency }),
      }
    })
    // Results for an earlier query stay as long as they match.
    const state = isOfNow ? 'there' : isComing ? 'coming' : 'missing'
    return { options: isOfNow ? all : matchOptions(all, words), state }
  }, [data, isOfNow, isComing, words, format, ofAgency, values])
}
