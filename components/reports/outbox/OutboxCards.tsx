'use client'

import { CloudUpload, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useDeadlineWords } from '#components/reports/deadline-words.ts'
import type { AnswerDraft } from '#components/reports/report/answer-draft.ts'
import type { ComposerKind } from '#components/reports/report/desk.ts'
import { draftKey, takeDraft, writeDraft } from '#components/reports/report/drafts.ts'
import { useReportCache } from '#components/reports/report/use-report.ts'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { useOnline } from '#components/ui/use-online.ts'
import { backInBox } from './back-in-box.ts'
import styles from './OutboxCards.module.css'
import {
  dropWaiting,
  isAccept,
  isAnswer,
  isExtension,
  isNote,
  isPhoto,
  useOutbox,
  type Waiting,
  type WaitingAnswer,
  type WaitingNote,
  type WaitingPhoto,
} from './outbox.ts'
import { PhotoOnMachine } from './WaitingPhotos.tsx'

/** Waiting photos are shown among those of their report. */
type WaitingAction = Exclude<Waiting, WaitingPhoto>

/** The kinds that have a box on the report. */
const isWritten = (kind: WaitingAction['kind']): kind is ComposerKind => kind === 'note' || kind === 'answer'

type OnReport = {
  accountId: string
  reportId: number
  mayWrite: (kind: ComposerKind) => boolean
  onWrite: (kind: ComposerKind) => void
}

/**
 * On a report: its waiting actions, which can be taken back until they are sent, and refused ones with the reason. Text
 * returns to its box, where the user may still write. A waiting note is shown in the timeline.
 */
export function OutboxOn({ accountId, reportId, mayWrite, onWrite }: OnReport) {
  const t = useTranslations('outbox')
  const { refreshShown } = useReportCache()
  const isOnline = useOnline()
  const own = useWaitingActions(accountId).filter((action) => action.reportId === reportId)
  const isShown = (action: WaitingAction) => action.refusal || (!isNote(action) && (action.isLate || !isOnline))
  const isReturnable = ({ kind, refusal }: WaitingAction) => !refusal || (isWritten(kind) && mayWrite(kind))
  const takeBack = (action: WaitingAction) => {
    const builtOn = own.filter(isAnswer).filter(({ acceptId, refusal }) => acceptId === action.id && !refusal)
    for (const each of [action, ...builtOn]) {
      putIntoBox(each)
      dropWaiting(each)
    }
    void refreshShown(action.code)
    if (isWritten(action.kind)) onWrite(action.kind)
  }
  return own.filter(isShown).map((action) => (
    <WaitingActionCard
      key={action.id}
      action={action}
      title={
        action.refusal || isNote(action) ? t(`actions.${action.kind}.refusedHere`) : t(`actions.${action.kind}.waits`)
      }
    >
      {isReturnable(action) && (
        <Button size="small" onClick={() => takeBack(action)}>
          {t(`actions.${action.kind}.takeBack`)}
        </Button>
      )}
    </WaitingActionCard>
  ))
}

/** Refused actions of any report: its page may have been closed. */
export function RefusedAnywhere({ accountId }: { accountId: string }) {
  const t = useTranslations('outbox')
  const isRefused = ({ refusal }: Waiting) => refusal !== null
  const photos = useOutbox(accountId).filter(isPhoto).filter(isRefused)
  const linkTo = ({ code }: Waiting) => (
    <Link className={styles.open} href={`/reports/${code}`}>
      {t('open')}
    </Link>
  )
  return (
    <>
      {photos.map((photo) => (
        <Card key={photo.id} waiting={photo} title={t('photo.refusedOn', { code: photo.code })}>
          <PhotoOnMachine photo={photo} />
          <div className={styles.actions}>
            {linkTo(photo)}
            <Button size="small" variant="quiet" onClick={() => dropWaiting(photo)}>
              {t('photo.takeBack')}
            </Button>
          </div>
        </Card>
      ))}
      {useWaitingActions(accountId)
        .filter(isRefused)
        .map((action) => (
          <WaitingActionCard
            key={action.id}
            action={action}
            title={t(`actions.${action.kind}.refusedOn`, { code: action.code })}
          >
            {linkTo(action)}
          </WaitingActionCard>
        ))}
    </>
  )
}

function useWaitingActions(accountId: string): WaitingAction[] {
  return useOutbox(accountId).filter((waiting) => !isPhoto(waiting))
}

function WaitingActionCard({ action, title, children }: { action: WaitingAction; title: string; children: ReactNode }) {
  const t = useTranslations('outbox')
  const words = wordsOf(action)
  return (
    <Card waiting={action} title={title}>
      {words && (
        <p className={styles.words} lang="vi">
          {words}
        </p>
      )}
      <div className={styles.actions}>
        {children}
        {action.refusal && !isAccept(action) && <CopyButton text={words} what={t(`copied.${action.kind}`)} />}
        {action.refusal && (
          <Button size="small" variant="quiet" onClick={() => dropWaiting(action)}>
            {t(`actions.${action.kind}.discard`)}
          </Button>
        )}
      </div>
    </Card>
  )
}

function Card({ waiting, title, children }: { waiting: Waiting; title: string; children: ReactNode }) {
  const t = useTranslations('outbox.actions')
  const { lengthOf } = useDeadlineWords()
  const textOf = useRefusalText()
  const { refusal } = waiting
  const Sign = refusal ? TriangleAlert : CloudUpload
  return (
    <section className={styles.card} aria-label={title}>
      <p className={styles.title}>
        <Sign size={15} aria-hidden="true" />
        {title}
      </p>
      {refusal && <p className={styles.reason}>{textOf(refusal)}</p>}
      {!refusal && isAccept(waiting) && <p className={styles.reason}>{t('accept.words')}</p>}
      {!refusal && isAnswer(waiting) && (
        <p className={styles.reason}>{t('answer.words', { after: waiting.acceptId ? 'accept' : 'photos' })}</p>
      )}
      {!refusal && isExtension(waiting) && (
        <p className={styles.reason}>
          {t('request_extension.words', { length: lengthOf(waiting.minutes, waiting.minutesPerDay) })}
        </p>
      )}
      {children}
    </section>
  )
}

function wordsOf(action: WaitingAction): string {
  switch (action.kind) {
    case 'note':
      return action.body.trim()
    case 'answer':
      return [action.what, action.where, action.when, action.next].filter(Boolean).join('\n')
    case 'request_extension':
      return action.reason.trim()
    case 'accept':
      return ''
  }
}

/** Text in the box already stays there, below this text. */
function putIntoBox(action: WaitingAction): void {
  if (isNote(action)) putNote(action)
  else if (isAnswer(action)) putAnswer(action)
  else if (isExtension(action)) {
    const { accountId, reportId, kind, minutes, reason } = action
    writeDraft(draftKey(accountId, reportId, kind), { minutes, reason })
  }
}

function putNote({ accountId, reportId, id, body, mentions = [], refusal }: WaitingNote): void {
  const key = draftKey(accountId, reportId, 'note')
  const there = takeDraft(key) as { id: string; body: string; mentions?: string[] } | undefined
  const isTaken = refusal?.code === 'note_taken'
  const own = { id: isTaken ? crypto.randomUUID() : id, body, mentions: [...mentions] }
  writeDraft(
    key,
    there?.body.trim()
      ? {
          id: there.id,
          body: `${body.trim()}\n\n${there.body}`,
          mentions: [...new Set([...mentions, ...(there.mentions ?? [])])],
        }
      : own,
  )
}

function putAnswer(answer: WaitingAnswer): void {
  const key = draftKey(answer.accountId, answer.reportId, 'answer')
  writeDraft(key, backInBox(answer, takeDraft(key) as AnswerDraft | undefined))
}
