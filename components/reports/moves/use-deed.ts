'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { draftKey, writeDraft } from '#components/reports/report/drafts.ts'
import { useMyself, useReportCache } from '#components/reports/report/use-report.ts'
import { refusalOf } from '#components/trpc/refusal.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { callDeed, type Moved } from './calls.ts'
import type { FormValues } from './forms.ts'
import type { DeedName } from './move-names.ts'
import { useDeedWords } from './use-deed-words.ts'

export type DeedOutcome = { ok: true; moved: Moved } | { ok: false; conflict: boolean; reason: string }

type Done = (name: DeedName, moved: Moved) => void

/** The same for the one report that is open. */
export function useDeed(report: ReportView, onDone?: Done) {
  const run = useDeedOn(onDone)
  return useCallback(
    (name: DeedName, values: FormValues, names?: Record<string, string>) => run(report, name, values, names),
    [run, report],
  )
}

/** Does one thing to a report: tells the server, then the screen, says what happened and offers the way back where there is one. */
export function useDeedOn(onDone?: Done) {
  const t = useTranslations('report')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const wordsOf = useDeedWords()
  const myself = useMyself()
  const { patch, refresh, noteChange } = useReportCache()

  const takeBack = useCallback(
    async (before: ReportView, way: (version: number) => Promise<Moved>, version: number, after?: () => void) => {
      try {
        await way(version)
        toast({ text: t('done.undone', { code: before.code }), tone: 'success' })
        after?.()
      } catch (error) {
        toast({ text: t('done.notUndone', { reason: textOf(error) }), tone: 'failure' })
      }
      await refresh(before.code).catch(() => undefined)
      noteChange()
    },
    [toast, t, textOf, refresh, noteChange],
  )

  return useCallback(
    async (
      report: ReportView,
      name: DeedName,
      values: FormValues,
      names: Record<string, string> = {},
    ): Promise<DeedOutcome> => {
      try {
        const moved = await callDeed(client, name, { ...values, reportId: report.id, version: report.version })
        patch(report.code, { version: moved.version, state: moved.state })
        const back = wayBack(name, report)
        toast({
          ...wordsOf(name, report, values, names),
          tone: 'success',
          key: `deed-${report.id}`,
          ...(back && {
            seconds: report.windows.undoSeconds,
            undo: () =>
              void takeBack(
                report,
                (version) => callDeed(client, back.name, { ...back.values, reportId: report.id, version }),
                moved.version,
                // What was written to the citizen is there again when the dialog is opened anew.
                () => name === 'reject' && myself && writeDraft(draftKey(myself.id, report.id, name), values),
              ),
          }),
        })
        void refresh(report.code).catch(() => undefined)
        noteChange()
        onDone?.(name, moved)
        return { ok: true, moved }
      } catch (error) {
        const code = refusalOf(error)?.code
        // A colleague's move may have taken the right to this one away with it: then that is what to tell.
        const stale = code === 'conflict' || code === 'forbidden'
        const current = stale ? await refresh(report.code).catch(() => undefined) : undefined
        const conflict = code === 'conflict' || (current !== undefined && current.version !== report.version)
        return { ok: false, conflict, reason: textOf(error) }
      }
    },
    [client, toast, textOf, wordsOf, myself, patch, refresh, noteChange, onDone, takeBack],
  )
}

/** The deed that undoes another honestly: nobody was told anything in between. */
function wayBack(name: DeedName, before: ReportView): { name: DeedName; values: FormValues } | null {
  switch (name) {
    case 'approve':
    case 'reject':
      return { name: 'withdraw_answer', values: {} }
    case 'assign_person':
      return { name, values: { accountId: before.assignee?.id ?? null } }
    case 'change_severity':
      return { name, values: { severity: before.severity } }
    case 'change_category':
      return { name, values: { categoryCode: before.category.code } }
    case 'change_tags':
      return { name, values: { tags: before.tags } }
    case 'link_incident':
      return { name, values: { incidentId: before.incident?.id ?? null } }
    case 'change_place':
      return { name, values: { address: before.address, point: before.point } }
    case 'merge':
      return { name: 'unmerge', values: {} }
    default:
      return null
  }
}
