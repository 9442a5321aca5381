'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { inTurn } from '#components/reports/moves/in-turn.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { useReportCache } from './use-report.ts'

type Seen = { reportId: number; version: number }
type Change = 'schedule_answer' | 'schedule_approval' | 'reschedule_answer' | 'unschedule_answer'

/** Makes a change of a scheduled answer, and says what has happened. Returns whether the server accepted it. */
export function useSchedule(report: Pick<ReportView, 'id' | 'code' | 'version'>) {
  const t = useTranslations('report')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { refresh, noteChange } = useReportCache()
  const { id: reportId, code, version } = report

  return useCallback(
    async (
      name: Change,
      call: (
        reports: typeof client.reports,
        seen: Seen,
      ) => Promise<{ id: number; code: string; version: number; state: ReportView['state'] }>,
      words: string,
    ): Promise<boolean> => {
      try {
        await inTurn(reportId, name, (earlier) =>
          call(client.reports, { reportId, version: earlier?.version ?? version }),
        )
        toast({ text: words, tone: 'success', key: `report-action-${reportId}`, isFinal: true })
        return true
      } catch (error) {
        toast({ text: t('done.refused', { code, reason: textOf(error) }), tone: 'failure' })
        return false
      } finally {
        await refresh(code).catch(() => undefined)
        noteChange()
      }
    },
    [client, toast, textOf, t, refresh, noteChange, reportId, code, version],
  )
}
