'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { keepWaiting, type Waiting } from '#components/reports/outbox/outbox.ts'
import { toastOf } from '#components/reports/outbox/toast-of.ts'
import { draftKey, writeDraft } from '#components/reports/report/drafts.ts'
import { useEventWording } from '#components/reports/report/use-event-words.ts'
import { useMyself, useReportCache } from '#components/reports/report/use-report.ts'
import { isUnreachable, refusalOf } from '#components/trpc/refusal.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'
import { canBeUndone, waysBack } from '#server/reports/rules/undo.ts'
import { callReportAction, type Moved } from './calls.ts'
import { foreseen } from './foreseen.ts'
import type { FormValues } from './forms.ts'
import { inTurn, isUnderWay } from './in-turn.ts'
import type { ReportActionName } from './move-names.ts'
import { useLaterDialog } from './refused-moves.ts'
import { useNameBook } from './use-name-book.ts'
import { useReportActionWords } from './use-report-action-words.ts'
import { mayWait, waitFor } from './waiting-actions.ts'

/** Seconds for which a reopening is offered: long enough to ask the citizen, who is often still on the phone. */
const offered = 30

export type ReportActionOutcome = { ok: true; moved: Moved } | { ok: false; conflict: boolean; reason: string }

/**
 * Called with the state the report is in then, or will be in a moment. `isOnward`: moving on to the next report was
 * requested with the action, whatever the account's setting.
 */
export type Done = (after: After, name: ReportActionName) => void
export type GoOn = (after: After) => void
export type After = { state: ReportState; isOnward?: boolean }

/** The same for the one report that is open. */
export function useReportAction(report: ReportView, onDone?: Done) {
  const run = useReportActionOn(onDone)
  return useCallback(
    (name: ReportActionName, values: FormValues, names?: Record<string, string>) => run(report, name, values, names),
    [run, report],
  )
}

/**
 * Performs one action on a report. A predictable outcome is shown and announced at once, with undo where there is one,
 * while the server is called; a refusal restores the report. Any other outcome waits for the server.
 */
export function useReportActionOn(onDone?: Done, onUndo?: (reportId: number) => void) {
  const t = useTranslations('report')
  const unsent = useTranslations('outbox')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const wordsOf = useReportActionWords()
  const newsOf = useNewsWords()
  const bookOf = useNameBook()
  const myself = useMyself()
  const openLater = useLaterDialog()
  const { patch, refresh, noteChange } = useReportCache()

  const takeBack = useCallback(
    async (before: ReportView, name: ReportActionName, way: () => Promise<Moved>, after?: () => void) => {
      // Restored at once; the next action waits for the server to confirm.
      const redo = patch(before, before)
      onUndo?.(before.id)
      try {
        await inTurn(before.id, name, way)
        toast({ text: t('done.undone', { code: before.code }), tone: 'success' })
        after?.()
      } catch (error) {
        redo()
        toast({ text: t('done.notUndone', { reason: textOf(error) }), tone: 'failure' })
      }
      // An action in progress by now is newer than the answer of an earlier query.
      if (!isUnderWay(before.id)) await refresh(before.code).catch(() => undefined)
      noteChange()
    },
    [toast, t, textOf, patch, refresh, noteChange, onUndo],
  )

  const offerReopening = useCallback(
    ({ code, windows }: ReportView, { words }: FormValues) =>
      openLater && {
        tone: 'plain' as const,
        seconds: Math.max(offered, windows.undoSeconds),
        undoSeconds: windows.undoSeconds,
        action: {
          label: t('done.reopenIt'),
          run: () =>
            openLater({ code, move: 'reopen', initial: { reason: String(words ?? '').trim() || t('done.reopenFor') } }),
        },
      },
    [t, openLater],
  )

  const announce = useCallback(
    (
      report: ReportView,
      name: ReportActionName,
      values: FormValues,
      names: Record<string, string>,
      result: Promise<Moved>,
    ) => {
      const back = wayBack(name)
      const send = (version: number) => {
        const made = { reportId: report.id, version }
        if (back === 'undo') return client.undo.field.mutate(made)
        if (back === 'take_back') return client.reports.takeBack.mutate(made)
        return callReportAction(client, back ?? name, made)
      }
      // The text is there again when the dialog is reopened.
      const keepWords = () => isWritten(name) && myself && writeDraft(draftKey(myself.id, report.id, name), values)
      // Pressed before the server has answered, it waits for the answer: a refused action needs no undo.
      const undo = () =>
        void result.then((moved) => takeBack(report, name, () => send(moved.version), keepWords)).catch(() => {})
      return toast({
        ...wordsOf(name, report, values, names),
        tone: 'success',
        key: `report-action-${report.id}`,
        ...(back ? { seconds: report.windows.undoSeconds, undo } : { isFinal: true }),
        ...(name === 'rate' && values.rating === 'dissatisfied' && offerReopening(report, values)),
        ...(isHeld(name) && { note: t('done.held', { seconds: report.windows.undoSeconds }) }),
      })
    },
    [client, toast, t, wordsOf, myself, takeBack, offerReopening],
  )

  return useCallback(
    async (
      report: ReportView,
      name: ReportActionName,
      values: FormValues,
      names: Record<string, string> = {},
    ): Promise<ReportActionOutcome> => {
      // The server makes the request of this id once, however often it is sent.
      const input = name === 'request_extension' ? { id: crypto.randomUUID(), ...values } : values
      // What happens in the field, with or without a connection, waits for one like a note.
      const later = myself && mayWait(name) ? () => waitFor(name, report, input, myself.id) : null
      const wait = (start: () => Waiting): ReportActionOutcome => {
        const waiting = start()
        const { id, code, version, state } = report
        keepWaiting(waiting)
        if (waiting.isLate) toast({ text: unsent('late', { kind: waiting.kind, code }), key: toastOf(waiting) })
        return { ok: true, moved: { id, code, version, state } }
      }
      if (later && !navigator.onLine) return wait(later)
      const change = myself ? foreseen(name, report, { values, names, myself, book: bookOf() }) : null
      const result = inTurn(report.id, name, (earlier) =>
        callReportAction(client, name, { ...input, reportId: report.id, version: earlier?.version ?? report.version }),
      )
      const restore = change && patch(report, change)
      const said = change && announce(report, name, values, names, result)
      if (change) onDone?.({ state: change.state ?? report.state }, name)
      try {
        const moved = await result
        patch(report, { version: moved.version, ...(!isUnderWay(report.id) && { state: moved.state }) })
        if (!said) announce(report, name, values, names, result)
        if (!isUnderWay(report.id)) void refresh(report.code).catch(() => undefined)
        noteChange()
        if (!change) onDone?.(moved, name)
        return { ok: true, moved }
      } catch (error) {
        restore?.()
        said?.close()
        if (later && isUnreachable(error)) return wait(later)
        const code = refusalOf(error)?.code
        // A colleague's move may have removed the right to this one: then that is what to show.
        const stale = code === 'conflict' || code === 'forbidden'
        const asked = stale || change ? refresh(report.code).catch(() => undefined) : undefined
        const current = stale ? await asked : undefined
        const conflict = code === 'conflict' || (stale && current !== undefined && current.version !== report.version)
        const news = conflict && current ? newsOf(report, current) : null
        return { ok: false, conflict, reason: news ?? textOf(error) }
      }
    },
    [client, textOf, newsOf, bookOf, myself, patch, refresh, noteChange, onDone, announce, toast, unsent],
  )
}

/** Who did what since, in one line: the last new entry. */
function useNewsWords() {
  const t = useTranslations('report.done')
  const wordsFor = useEventWording()
  return useCallback(
    (since: ReportView, current: ReportView): string | null => {
      const last = since.timeline.at(-1)?.id ?? 0
      const entry = current.timeline.findLast(({ id }) => id > last)
      if (!entry) return null
      const { categoryNames, deadline } = current
      const { whoOf, sentenceOf } = wordsFor({ categoryNames, minutesPerDay: deadline.minutesPerDay })
      return t('meanwhile', {
        who: whoOf(entry),
        what: [sentenceOf(entry), entry.words?.text].filter(Boolean).join(': '),
      })
    },
    [t, wordsFor],
  )
}

/** What goes out only after the time for undo: until then nobody has been told. */
const isHeld = (name: ReportActionName) => wayBack(name) === 'withdraw_answer' || sent.includes(name)
const sent: readonly ReportActionName[] = ['assign', 'transfer', 'ask_citizen']

/** Actions whose dialog has a text that someone would not want to type again. */
const written: readonly ReportActionName[] = [
  'reject',
  'ask_citizen',
  'citizen_replied',
  'return',
  'transfer',
  'request_transfer',
  'request_extension',
  'request_pause',
  'send_back',
  'rate',
  'reopen',
]
const isWritten = (name: ReportActionName) => written.includes(name)

/**
 * How an action is undone where no one was notified in between: by another action, or by the server, which knows what
 * was before.
 */
const wayBack = (name: ReportActionName) => (canBeUndone(name) ? waysBack[name] : null)
