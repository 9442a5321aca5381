'use client'

import { useTranslations } from 'next-intl'
import type { FormValues } from '#components/reports/moves/forms.ts'
import type { ReportActionName } from '#components/reports/moves/move-names.ts'
import { type Done, useReportActionOn } from '#components/reports/moves/use-report-action.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { Strip } from './use-strip.ts'

/** Decides and moves on at once; undone, or refused, the report waits again. */
export function useDecisions(strip: Strip) {
  const t = useTranslations('report.done')
  const toast = useToast()
  const run = useReportActionOn(undefined, strip.noteUndo)
  const decide = async (
    report: ReportView,
    name: ReportActionName,
    values: FormValues,
    names: Record<string, string>,
  ) => {
    const told = run(report, name, values, names)
    strip.leave(report.id, { isShown: name !== 'merge' })
    const outcome = await told
    if (outcome.ok) return strip.settle(report.id)
    strip.comeBack(report.id)
    toast({
      text: t('refused', { code: report.code, reason: outcome.reason }),
      tone: 'failure',
      action: { label: t('lookAgain'), run: () => strip.goTo(report.id) },
    })
  }
  /** The same for a dialog, which reopens with its text by itself after a refusal. */
  const onDone =
    (report: ReportView): Done =>
    (after) => {
      if (after.state !== 'awaiting_intake') strip.leave(report.id, { isShown: true })
    }
  return { decide, onDone }
}

export type Decisions = ReturnType<typeof useDecisions>
