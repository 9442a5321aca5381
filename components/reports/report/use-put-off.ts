'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { dropFromLists, reloadLists } from '#components/reports/queue/row-patches.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { useReportCache } from './use-report.ts'

type Deferrable = Pick<ReportView, 'id' | 'code' | 'putOff'>

export type PutOffSteps = {
  /** Called before the report leaves the lists. */
  onGone?: (() => void) | undefined
  /** It is back, as the user or a refusal wanted it. */
  onBack?: ((reportId: number) => void) | undefined
}

/** Puts a report off, or brings it back (null): shown at once, and as easily undone. */
export function usePutOff({ onGone, onBack }: PutOffSteps = {}) {
  const t = useTranslations('report.putOff')
  const client = useTRPCClient()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const format = useFormat()
  const { patch, noteChange } = useReportCache()

  return useCallback(
    (report: Deferrable, until: Date | null) => {
      const set = async (next: Date | null) => {
        const restore = patch(report, { putOff: next && { until: next, returnedAt: null, byCitizen: false } })
        if (next) dropFromLists(queries, report.id)
        try {
          await client.ownMarks.putOff.mutate({ reportId: report.id, until: next })
        } catch (error) {
          restore()
          toast({ text: textOf(error), tone: 'failure' })
          onBack?.(report.id)
          next = null
        }
        if (next === null) await reloadLists(queries)
        noteChange()
      }
      if (until) onGone?.()
      const result = set(until)
      const wasUntil = report.putOff && !report.putOff.returnedAt ? report.putOff.until : null
      toast({
        text: until
          ? t('done', { code: report.code, until: format.dateTime(until) })
          : t('ended', { code: report.code }),
        key: `put-off-${report.id}`,
        undo: () =>
          void result.then(async () => {
            await set(until ? null : wasUntil)
            if (until) onBack?.(report.id)
          }),
      })
    },
    [client, queries, toast, textOf, format, t, patch, noteChange, onGone, onBack],
  )
}
