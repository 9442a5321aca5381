'use client'

import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { AnswerFinding } from '#server/reports/rules/answer-findings.ts'
import styles from './Findings.module.css'

type Props = { findings: readonly AnswerFinding[]; forReview?: boolean }

/** What an answer lacks, shown to its author while writing and to its approver while reading. */
export function Findings({ findings, forReview = false }: Props) {
  const t = useTranslations('report.answer.findings')
  if (findings.length === 0) {
    return (
      <p className={styles.fine}>
        <CircleCheck size={15} aria-hidden="true" />
        {t('none')}
      </p>
    )
  }
  return (
    <div className={styles.missing}>
      <p className={styles.title}>
        <TriangleAlert size={15} aria-hidden="true" />
        {t(forReview ? 'reviewTitle' : 'title')}
      </p>
      <ul>
        {findings.map((finding) => (
          <li key={finding}>{t(finding)}</li>
        ))}
      </ul>
    </div>
  )
}
