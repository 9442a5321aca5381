'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { answerCalls } from '#components/reports/moves/answer-calls.ts'
import { inTurn } from '#components/reports/moves/in-turn.ts'
import { acceptOnItsWay, keepWaiting, type WaitingPhoto } from '#components/reports/outbox/outbox.ts'
import { toastOf } from '#components/reports/outbox/toast-of.ts'
import { isUnreachable, refusalOf } from '#components/trpc/refusal.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'
import type { OutcomeOf, StatedOutcome } from '#server/reports/rules/outcome.ts'
import { type AnswerDraft, isAtOnce, type WayToAnswer } from './answer-draft.ts'
import { dropDraft, writeDraft } from './drafts.ts'
import { useReportCache } from './use-report.ts'

type Stated = OutcomeOf<StatedOutcome>

type Wanted = {
  report: ReportView
  myself: { id: string }
  way: WayToAnswer
  draftKey: string
  /** Called with the state that the report is in then, or will be in a moment. */
  onDone: (state: ReportState) => void
  /** Reopens the box, if its report is still the one on screen. */
  onBack: () => void
}

/**
 * Sends an answer or submits it. It can be withdrawn until it is sent, or reaches the approver: its text returns to the
 * box. A colleague's change in between is shown first, and nothing typed is lost. Without a connection it waits with
 * its photos, as a note does.
 */
export function useSendAnswer({ report, myself, way, draftKey, onDone, onBack }: Wanted) {
  const t = useTranslations('report')
  const unsent = useTranslations('outbox')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { patch, refresh, noteChange } = useReportCache()
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState(false)
  const { id: reportId, code } = report

  const withdraw = async (version: number, words: AnswerDraft) => {
    try {
      await client.reports[way === 'answer' ? 'withdrawAnswer' : 'takeBack'].mutate({ reportId, version })
      writeDraft(draftKey, words)
      onBack()
      toast({ text: t('composer.withdrawn'), tone: 'success' })
    } catch (error) {
      toast({ text: t('done.notUndone', { reason: textOf(error) }), tone: 'failure' })
    }
    await refresh(code).catch(() => undefined)
    noteChange()
  }

  const accepting = () => acceptOnItsWay(myself.id, reportId)

  const wait = ({ what, where, when, next, without }: AnswerDraft, stated: Stated, photoIds: readonly string[]) => {
    const isLate = !navigator.onLine
    const own = { kind: 'answer', id: crypto.randomUUID(), accountId: myself.id, reportId, code } as const
    const words = { way, version: report.version, what, where, when, next, ...stated, photoIds, without }
    // Before storing: if the storage is full, this frees space.
    dropDraft(draftKey)
    const acceptId = accepting()?.id ?? null
    keepWaiting({ ...own, ...words, acceptId, writtenAt: Date.now(), isLate, refusal: null })
    if (isLate) toast({ text: unsent('late', own), key: toastOf(own) })
    onDone(stateAfter(way, report.state))
  }

  const send = async (
    words: AnswerDraft,
    stated: Stated,
    hanging: readonly string[],
    waiting: readonly WaitingPhoto[],
  ) => {
    const photoIds = [...hanging, ...waiting.map(({ id }) => id)]
    if (!navigator.onLine || waiting.length > 0 || accepting()) return wait(words, stated, photoIds)
    setBusy(true)
    const { what, where, when, next } = words
    const input = { reportId, version: report.version, what, where, when, next, ...stated, photoIds }
    const seconds = report.windows.undoSeconds
    try {
      const call = client.reports[answerCalls[way]]
      const moved = await inTurn(reportId, way, (earlier) =>
        call.mutate(earlier ? { ...input, version: earlier.version } : input),
      )
      patch(report, { version: moved.version, state: moved.state })
      dropDraft(draftKey)
      setConflict(false)
      const undo = () => void withdraw(moved.version, words)
      const text = isAtOnce(way) ? t('composer.sent', { code, seconds }) : t('composer.submitted', { code })
      toast({ text, tone: 'success', seconds, undo })
      onDone(moved.state)
      noteChange()
      await refresh(code).catch(() => undefined)
    } catch (error) {
      if (isUnreachable(error)) return wait(words, stated, photoIds)
      const refusal = refusalOf(error)?.code
      const isConflict = refusal === 'conflict'
      setConflict(isConflict)
      if (isConflict || refusal === 'photo_missing') await refresh(code).catch(() => undefined)
      if (!isConflict) toast({ text: t('dialogs.failed', { reason: textOf(error) }), tone: 'failure' })
    } finally {
      setBusy(false)
    }
  }
  return { send, busy, conflict }
}

/** The result of an answer that waits for a connection is not known yet. */
const stateAfter = (way: WayToAnswer, state: ReportState): ReportState =>
  ({ answer: 'answered', submit_answer: 'awaiting_approval', follow_up: state, request_follow_up: state })[
    way
  ] as ReportState
