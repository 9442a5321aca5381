'use client'

import { CalendarClock, Send, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { draftOfOutcome } from '#server/reports/rules/outcome.ts'
import { AnswerWords } from './AnswerWords.tsx'
import type { AnswerDraft } from './answer-draft.ts'
import styles from './Cards.module.css'
import { mayDo, useReportDesk } from './desk.ts'
import { draftKey, takeDraft, writeDraft } from './drafts.ts'
import { SendLaterDialog } from './SendLaterDialog.tsx'
import { useSchedule } from './use-schedule.ts'

/** The answer that waits for its time: whose it is, and when it is sent; it can be moved, sent now and cancelled. */
export function ScheduledCard() {
  const t = useTranslations('report.sendLater')
  const timeline = useTranslations('report.timeline')
  const format = useFormat()
  const { report, myself } = useReportDesk()
  const change = useSchedule(report)
  const [isMoving, setMoving] = useState(false)
  const { scheduled, code } = report
  if (!scheduled) return null
  const { move, by, onBehalfOf, sendAt, words } = scheduled
  const name = onBehalfOf ? timeline('onBehalfOf', { who: by.name, name: onBehalfOf }) : by.name
  const reschedule = (next: Date | null) =>
    void change(
      'reschedule_answer',
      (reports, seen) => reports.rescheduleAnswer.mutate({ ...seen, sendAt: next }),
      next ? t('moved', { code, at: format.dateTime(next) }) : t('sentNow', { code }),
    )
  const cancel = async () => {
    const isDone = await change(
      'unschedule_answer',
      (reports, seen) => reports.unscheduleAnswer.mutate(seen),
      t('cancelled', { code }),
    )
    // The writer finds the text in the box again, unless another has been begun.
    if (!isDone || !words || !myself || by.id !== myself.id) return
    const key = draftKey(myself.id, report.id, 'answer')
    const { what, where, when, next } = words
    const draft: AnswerDraft = { what, where, when, next, ...draftOfOutcome(words), without: [] }
    if (!takeDraft(key)) writeDraft(key, draft)
  }
  return (
    <section className={styles.card} data-tone="approval" aria-labelledby="scheduled-card">
      <SectionLabel as="h2" id="scheduled-card">
        {t('card', { at: format.dateTime(sendAt) })}
      </SectionLabel>
      {words && <AnswerWords answer={{ kind: 'answer', ...words }} photos={report.photos} />}
      <p className={styles.note}>{t(move === 'answer' ? 'by' : 'approvedBy', { name })}</p>
      {mayDo(report, 'reschedule_answer') && (
        <div className={styles.buttons}>
          <Button size="small" icon={<CalendarClock />} onClick={() => setMoving(true)}>
            {t('move')}
          </Button>
          <Button size="small" icon={<Send />} onClick={() => reschedule(null)}>
            {t('sendNow')}
          </Button>
          <Button size="small" variant="quiet" icon={<X />} onClick={() => void cancel()}>
            {t('cancel')}
          </Button>
        </div>
      )}
      {isMoving && (
        <SendLaterDialog
          reportId={report.id}
          title={t('moveTitle', { code })}
          confirmLabel={t('moveConfirm')}
          value={sendAt}
          onChoose={(next) => {
            setMoving(false)
            reschedule(next)
          }}
          onClose={() => setMoving(false)}
        />
      )}
    </section>
  )
}
