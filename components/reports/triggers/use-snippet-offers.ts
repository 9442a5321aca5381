'use client'

import { useIsFetching } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useReadyTexts } from '#components/reports/moves/use-ready-texts.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { matchOptions } from '#components/ui/match-options.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { Offers } from './offers.ts'

/** The answer templates that match the words, in full and in the order of the button above the text. */
export function useSnippetOffers(report: ReportView, query: string | null, ofCategory: string): Offers {
  // Loaded from the beginning: users who type the sign go on typing at once.
  const texts = useReadyTexts(report, 'answer', true)
  const trpc = useTRPC()
  const isFetching = useIsFetching(trpc.answerTemplates.forReport.queryFilter()) > 0
  return useMemo((): Offers => {
    const matching = query === null ? [] : matchOptions(texts ?? [], query)
    const options = matching.map(({ id, label, text, outcome, isOfCategory }) => ({
      id,
      label,
      text,
      outcome,
      preview: text,
      ...(isOfCategory && { tag: ofCategory }),
    }))
    return { options, state: texts ? 'there' : isFetching ? 'coming' : 'missing' }
  }, [texts, isFetching, query, ofCategory])
}
