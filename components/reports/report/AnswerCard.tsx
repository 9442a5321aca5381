'use client'

import { Eye, ListChecks } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { AnswerView, ReportView } from '#server/reports/queries/report.ts'
import { handledStates, type ReportState } from '#server/reports/rules/lifecycle.ts'
import { AnswerPreview } from './AnswerPreview.tsx'
import { AnswerWords } from './AnswerWords.tsx'
import { ApproveLater } from './ApproveLater.tsx'
import styles from './Cards.module.css'
import { useReportDesk } from './desk.ts'
import { Findings } from './Findings.tsx'

/**
 * The answer that waits for approval, with what the citizen would miss; or the one that was sent back, with the
 * remarks.
 */
export function AnswerCard() {
  const t = useTranslations('report')
  const format = useFormat()
  const { report } = useReportDesk()
  const [asCitizen, setAsCitizen] = useState(false)
  const answer = answerInCard(report)
  if (!answer) return null
  const waits = answer.status === 'submitted'
  return (
    <section className={styles.card} data-tone={waits ? 'approval' : 'remarks'} aria-labelledby="answer-card">
      <SectionLabel as="h2" id="answer-card">
        {waits ? t('sections.answer') : t('answer.statuses.sent_back')}
      </SectionLabel>
      {answer.remarks && (
        <blockquote className={styles.remarks}>
          <span className={styles.label}>{t('answer.remarks')}</span>
          {answer.remarks}
        </blockquote>
      )}
      {asCitizen ? (
        <AnswerPreview report={report} draft={answer} photoIds={answer.photoIds} />
      ) : (
        <AnswerWords answer={answer} photos={report.photos} />
      )}
      <p className={styles.note}>
        {t('answer.by', { name: answer.author.name, when: format.dateTime(answer.createdAt) })}
      </p>
      {waits && (
        <>
          <Findings findings={report.findings} forReview />
          <div className={styles.buttons}>
            <Button size="small" icon={asCitizen ? <ListChecks /> : <Eye />} onClick={() => setAsCitizen(!asCitizen)}>
              {t(asCitizen ? 'answer.byField' : 'answer.asCitizen')}
            </Button>
            <ApproveLater />
          </div>
        </>
      )}
    </section>
  )
}

/** What was sent back is written again: an answer, or a follow-up on what was answered. */
const mayBeWritten: readonly ReportState[] = ['in_progress', ...handledStates]

/** The answer that needs work: to approve it, or to write it again. */
export function answerInCard({ state, answers }: Pick<ReportView, 'state' | 'answers'>): AnswerView | null {
  const last = answers.at(-1)
  if (state === 'awaiting_approval' && last?.status === 'submitted') return last
  return mayBeWritten.includes(state) && last?.status === 'sent_back' ? last : null
}
