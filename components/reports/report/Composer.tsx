'use client'

import { Lock, NotebookPen, Send, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { KeyboardEvent } from 'react'
import { SendPresence } from '#components/presence/SendPresence.tsx'
import { useRefusalReasonWords } from '#components/reports/moves/use-refusal-reason-words.ts'
import { isAnswer, useOutbox } from '#components/reports/outbox/outbox.ts'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { handledStates, type ReportState } from '#server/reports/rules/lifecycle.ts'
import type { WayToAnswer } from './answer-draft.ts'
import styles from './Composer.module.css'
import { type ComposerKind, useReportDesk } from './desk.ts'
import { draftKey, useHasDraft } from './drafts.ts'
import { useAnswerable } from './once-accepted.ts'

const { Panel: AnswerBox } = lazyPanel(() => import('./boxes.ts').then((boxes) => boxes.AnswerBox))
const { Panel: NoteBox } = lazyPanel(() => import('./boxes.ts').then((boxes) => boxes.NoteBox))

type Props = { kind: ComposerKind | null; onClose: () => void }

/**
 * Two boxes that cannot be confused: a yellow one with a lock for colleagues, and the answer, in separate fields, for
 * the citizen.
 */
export function Composer({ kind, onClose }: Props) {
  const t = useTranslations('report.composer')
  const { report: seen, myself } = useReportDesk()
  const report = useAnswerable(seen, myself?.id)
  const refusalReasonWords = useRefusalReasonWords(report)
  const mayNote = report.acts.includes('add_note')
  const way = answerWay(report)
  if (!myself || (!mayNote && way.refusalReason === 'forbidden')) return null

  const reason =
    way.refusalReason === null ? undefined : t('closedAnswer', { reason: refusalReasonWords(way.refusalReason) })
  if (kind === null) {
    return (
      <ClosedComposer
        accountId={myself.id}
        mayNote={mayNote}
        mayAnswer={way.refusalReason !== 'forbidden'}
        // The box itself says whose answer it is, and how the user can take it over.
        reason={report.onlyAssignee ? undefined : reason}
      />
    )
  }

  const isNote = kind === 'note'
  // Esc collapses the box and keeps the draft; a menu opened from it handles its own Esc.
  const leave = (press: KeyboardEvent<HTMLElement>) => {
    if (press.key !== 'Escape' || press.nativeEvent.isComposing) return
    if (press.defaultPrevented || !press.currentTarget.contains(press.target as Node)) return
    press.preventDefault()
    onClose()
  }
  return (
    <section className={isNote ? styles.note : styles.answer} aria-labelledby="composer-title" onKeyDown={leave}>
      <SendPresence reportId={report.id} accountId={myself.id} isWriting={!isNote} />
      <header className={styles.head}>
        {isNote ? <Lock size={15} aria-hidden="true" /> : <Send size={15} aria-hidden="true" />}
        <h2 id="composer-title" className={styles.title}>
          {t(isNote ? 'noteTab' : 'answerTab')}
        </h2>
        <span className={styles.hint}>{t(isNote ? 'noteHint' : 'answerHint')}</span>
        <IconButton label={t('close')} size="small" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      {isNote ? (
        <NoteBox report={report} myself={myself} onClose={onClose} />
      ) : (
        <AnswerBox report={report} myself={myself} way={way.move} reason={reason} onClose={onClose} />
      )}
    </section>
  )
}

type ClosedProps = { accountId: string; mayNote: boolean; mayAnswer: boolean; reason: string | undefined }

/** The buttons for note and answer, each showing whether there is a draft. */
function ClosedComposer({ accountId, mayNote, mayAnswer, reason }: ClosedProps) {
  const t = useTranslations('report.composer')
  const { report, write } = useReportDesk()
  const hasNote = useHasDraft(draftKey(accountId, report.id, 'note'))
  const hasAnswer = useHasDraft(draftKey(accountId, report.id, 'answer'))
  const unsent = useTranslations('outbox')
  const isAnswerWaiting = useOutbox(accountId).some(
    (waiting) => isAnswer(waiting) && waiting.reportId === report.id && !waiting.refusal,
  )
  const reasonNow = isAnswerWaiting ? unsent('actions.answer.waits') : hasAnswer ? undefined : reason
  const draft = <span className={styles.waiting}>{t('draftWaits')}</span>
  return (
    <div className={styles.closed}>
      {mayNote && (
        <Button className={styles.openNote} icon={<NotebookPen />} onClick={() => write('note')}>
          {t('noteTab')}
          {hasNote && draft}
        </Button>
      )}
      {mayAnswer && (
        <Button icon={<Send />} onClick={() => write('answer')} reason={reasonNow}>
          {t('answerTab')}
          {hasAnswer && draft}
        </Button>
      )}
    </div>
  )
}

type AnswerWay = { move: WayToAnswer; refusalReason: string | null }

/** How this report is answered: with approval or at once, for the first time or again, and the refusal reason. */
export function answerWay(report: Pick<ReportView, 'state' | 'moves' | 'category'>): AnswerWay {
  const { needsApproval } = report.category
  const isAgain = (handledStates as readonly ReportState[]).includes(report.state)
  const again = needsApproval ? 'request_follow_up' : 'follow_up'
  const move = isAgain ? again : needsApproval ? 'submit_answer' : 'answer'
  const offered = report.moves.find((each) => each.move === move)
  return { move, refusalReason: offered ? offered.refusalReason : 'forbidden' }
}
