'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import type { FormValues } from '#components/reports/moves/forms.ts'
import type { ReportActionName } from '#components/reports/moves/move-names.ts'
import { type Done, useReportActionOn } from '#components/reports/moves/use-report-action.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { Strip } from './use-strip.ts'

/** Decisions that have reached someone cannot be undone: an assignment, which can only be corrected, and a question. */
type Final = { code: string; name: 'assign' | 'ask_citizen'; until: number }

/** Decides and moves on at once; a refusal is shown, and the report waits again. */
export function useDecisions(strip: Strip) {
  const t = useTranslations('report.done')
  const toast = useToast()
  const run = useReportActionOn(undefined, strip.noteUndo)
  const final = useRef<Final | null>(null)

  const note = (name: ReportActionName, { code, windows }: ReportView) => {
    const isFinal = name === 'assign' || name === 'ask_citizen'
    final.current = isFinal ? { code, name, until: Date.now() + windows.undoSeconds * 1000 } : null
  }
  const decide = async (
    report: ReportView,
    name: ReportActionName,
    values: FormValues,
    names: Record<string, string>,
  ) => {
    const told = run(report, name, values, names)
    note(name, report)
    strip.leave(report.id, { isShown: name !== 'merge' })
    const outcome = await told
    if (outcome.ok) return strip.settle(report.id)
    final.current = null
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
    (after, name) => {
      note(name, report)
      if (after.state !== 'awaiting_intake') strip.leave(report.id, { isShown: true })
    }
  /** The last decision that cannot be undone, as long as a user would look for undo. */
  const lastFinal = () => {
    const last = final.current
    return last && Date.now() <= last.until ? last : null
  }
  return { decide, onDone, lastFinal }
}

export type Decisions = ReturnType<typeof useDecisions>
