'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef } from 'react'
import { draftKey, dropDraft, takeDraft } from '#components/reports/report/drafts.ts'
import { useMyself, useReportCache } from '#components/reports/report/use-report.ts'
import { isHeld } from '#components/trpc/refusal.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { useOnline } from '#components/ui/use-online.ts'
import {
  dropWaiting,
  goneElsewhere,
  isNote,
  isOnMachine,
  isPhoto,
  useOutbox,
  type Waiting,
  type WaitingNote,
} from './outbox.ts'
import { sendNow } from './send-now.ts'
import { type Fate, startSending } from './sender.ts'
import { sweepBox } from './sweep-box.ts'
import { toastOf } from './toast-of.ts'

type Props = { accountId: string; isSignedIn: boolean }

/**
 * Sends the waiting actions as soon as there is a connection, on whatever page is open by then, and shows the results.
 */
export function SendWaiting({ accountId, isSignedIn }: Props) {
  const client = useTRPCClient()
  const isOnline = useOnline()
  const fresh = useOutbox(accountId).filter(({ isLate, refusal }) => !isLate && !refusal)
  const tell = useSendToasts()
  const latest = useRef(tell)
  useEffect(() => {
    latest.current = tell
  })
  useEffect(() => {
    if (!isSignedIn) return
    return startSending(client, accountId, (note, fate) => latest.current(note, fate))
  }, [client, accountId, isSignedIn])
  const newest = fresh.at(-1)?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs again for a new record, connection or sign-in
  useEffect(() => {
    if (isOnline) sendNow()
  }, [newest, isOnline, isSignedIn])
  const { refreshShown } = useReportCache()
  const hang = useHang()
  useEffect(() => {
    const hear = (event: StorageEvent) => {
      const gone = goneElsewhere(event, accountId)
      if (!gone) return
      hang(gone)
      void refreshShown(gone.code)
    }
    window.addEventListener('storage', hear)
    return () => window.removeEventListener('storage', hear)
  }, [accountId, refreshShown, hang])
  useEffect(() => void sweepBox(isOnMachine).catch(() => undefined), [])
  return null
}

/** A photo stored by the server is attached to its report: an answer sent now includes it. */
function useHang(): (waiting: Waiting) => void {
  const { hang } = useReportCache()
  const name = useMyself()?.name ?? null
  return useCallback(
    (waiting) => {
      if (!isPhoto(waiting) || !waiting.stored) return
      const { stored, photoKind: kind, code, name: called } = waiting
      hang(code, { ...stored, name: called, kind, isInAnswer: false, addedBy: name, addedAt: new Date() })
    },
    [hang, name],
  )
}

/** The text is here now, as that of a refused note: its server draft would show it a second time. */
function forgetServerDraft({ accountId, reportId }: WaitingNote): void {
  const key = draftKey(accountId, reportId, 'note')
  if (takeDraft(key) === undefined) dropDraft(key)
}

function useSendToasts() {
  const t = useTranslations('outbox')
  const router = useRouter()
  const toast = useToast()
  const textOf = useRefusalText()
  const { refreshShown, noteChange, noteDrafts } = useReportCache()
  const hang = useHang()
  return (waiting: Waiting, fate: Fate) => {
    const { kind, code, isLate, refusal } = waiting
    const key = toastOf(waiting)
    switch (fate) {
      case 'sent':
        if (isLate || !isNote(waiting)) toast({ text: t('sent', { kind, code }), tone: 'success', key })
        noteChange()
        if (isNote(waiting)) void noteDrafts()
        hang(waiting)
        if (isPhoto(waiting)) dropWaiting(waiting)
        // The waiting action is shown until the report contains its result.
        void refreshShown(code).finally(() => dropWaiting(waiting))
        break
      case 'late':
        if (isHeld(refusal)) toast({ text: t('held', { kind, code, ...refusal.details }), key })
        else if (!isLate) toast({ text: t('late', { kind, code }), key })
        break
      case 'refused':
        if (isNote(waiting)) forgetServerDraft(waiting)
        toast({
          text: t('refused', { kind, code, reason: textOf(refusal) }),
          tone: 'failure',
          key,
          action: { label: t('look'), run: () => router.push(`/reports/${code}`) },
        })
        void refreshShown(code)
    }
  }
}
