'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useOutcomeWords } from '#components/reports/report/use-outcome-words.ts'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNow } from '#components/ui/use-now.ts'
import type { BatchView } from '#server/reports/queries/answer-batches.ts'
import styles from './Batch.module.css'
import { BatchMoves } from './BatchMoves.tsx'
import { BatchRecipients } from './BatchRecipients.tsx'

const counted = {
  answer: ['answered', 'submitted', 'skipped', 'failed', 'waiting', 'cancelled'],
  notice: ['noticed', 'covered', 'skipped', 'failed', 'waiting', 'cancelled'],
} as const

/** One answer or notice to all: its state, its progress, its moves, and what became of each report. */
export function BatchCard({ batch, onSendSince }: { batch: BatchView; onSendSince: () => void }) {
  const t = useTranslations('incidents.answers')
  const format = useFormat()
  const now = useNow()
  const [isOpen, setOpen] = useState(batch.state === 'sending')
  const outcomeWords = useOutcomeWords()
  const outcome = batch.words && outcomeWords(batch.words)
  const settled = batch.recipients - batch.counts.waiting
  const when = (at: Date) => format.relative(at, now)
  const isNotice = batch.kind === 'notice'
  const progress = t(isNotice ? 'notice.progress' : 'progress', { done: settled, total: batch.recipients })
  const unsent = t(isNotice ? 'notice.unsent' : 'unsent')
  return (
    <article className={styles.card} aria-label={batch.words?.what.slice(0, 60) ?? unsent}>
      <header className={styles.top}>
        <span>{t(`kinds.${batch.kind}`)}</span>
        <strong className={styles.state} data-state={batch.state}>
          {t(`states.${batch.state}`)}
        </strong>
        <span className={styles.quiet}>{progress}</span>
        <span className={styles.moves}>
          <BatchMoves batch={batch} />
        </span>
      </header>
      <progress className={styles.progress} value={settled} max={batch.recipients} aria-label={progress} />
      {batch.words ? (
        <p className={styles.words} lang="vi">
          {batch.words.what}
          {outcome !== null && <span className={styles.quiet}> {outcome}</span>}
        </p>
      ) : (
        <p className={styles.quiet}>{unsent}</p>
      )}
      <p className={styles.quiet} suppressHydrationWarning>
        {t('by', { author: batch.author, when: when(batch.createdAt) })}
        {batch.reviewer &&
          batch.reviewedAt &&
          ` · ${
            batch.state === 'refused' && batch.remarks
              ? t('refusedBy', {
                  reviewer: batch.reviewer,
                  when: when(batch.reviewedAt),
                  remarks: batch.remarks,
                })
              : t('reviewedBy', { reviewer: batch.reviewer, when: when(batch.reviewedAt) })
          }`}
      </p>
      <p className={styles.counts}>
        {isNotice
          ? counted.notice
              .filter((status) => batch.counts[status] > 0)
              .map((status) => (
                <span key={status} data-status={status}>
                  {t(`notice.counts.${status}`, { count: batch.counts[status] })}
                </span>
              ))
          : counted.answer
              .filter((status) => batch.counts[status] > 0)
              .map((status) => (
                <span key={status} data-status={status}>
                  {t(`counts.${status}`, { count: batch.counts[status] })}
                </span>
              ))}
        {batch.leaving > 0 && <span>{t('leaving', { count: batch.leaving })}</span>}
        {batch.leavesAt && <span>{t('notice.notBegun')}</span>}
      </p>
      {batch.since !== null && (
        <p className={styles.since}>
          {t('notice.since', { count: batch.since })}
          {batch.since > 0 && (
            <Button size="small" onClick={onSendSince}>
              {t('notice.sendSince', { count: batch.since })}
            </Button>
          )}
        </p>
      )}
      <Button size="small" variant="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? 'hideRecipients' : 'recipients')}
      </Button>
      {isOpen && <BatchRecipients batch={batch} />}
    </article>
  )
}
