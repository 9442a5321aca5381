'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { queueLists } from '#components/reports/queue/row-patches.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { queueOf } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import { useReportCache } from './use-report.ts'

type Watchable = Pick<ReportView, 'id' | 'code' | 'isWatched'>

const watchedList = [queueLists, queueAddress(queueOf('watching'))]

/** Begins watching a report, or ends it: shown at once, and as easily undone. */
export function useWatch(): (report: Watchable) => void {
  const t = useTranslations('report.watch')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const queries = useQueryClient()
  const { patch, noteChange } = useReportCache()

  return useCallback(
    (report) => {
      const set = async (isWatched: boolean) => {
        const restore = patch(report, { isWatched })
        try {
          await client.ownMarks.watch.mutate({ reportId: report.id, isWatched })
          noteChange()
          // Loaded again when it is chosen.
          queries.removeQueries({ queryKey: watchedList, type: 'inactive' })
        } catch (error) {
          restore()
          toast({ text: textOf(error), tone: 'failure' })
        }
      }
      const isWatched = !report.isWatched
      const result = set(isWatched)
      toast({
        text: t(isWatched ? 'begun' : 'ended', { code: report.code }),
        key: `watch-${report.id}`,
        undo: () => void result.then(() => set(!isWatched)),
      })
    },
    [client, queries, toast, textOf, t, patch, noteChange],
  )
}
