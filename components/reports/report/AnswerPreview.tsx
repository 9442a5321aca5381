'use client'

import { useTranslations } from 'next-intl'
import type { ReportView } from '#server/reports/queries/report.ts'
import { type OutcomeOf, outcomeOf } from '#server/reports/rules/outcome.ts'
import type { AnswerDraft } from './answer-draft.ts'
import styles from './CitizenCard.module.css'
import { CitizenAnswerCard } from './CitizenCard.tsx'

type Props = {
  report: ReportView
  draft: Pick<AnswerDraft, 'what' | 'where' | 'when' | 'next'> & OutcomeOf
  photoIds: readonly string[]
}

/** The answer exactly as the citizen will get it. */
export function AnswerPreview({ report, draft, photoIds }: Props) {
  const t = useTranslations('report.citizen')
  return (
    <div className={styles.phone}>
      <p className={styles.draft}>{t('draft')}</p>
      <CitizenAnswerCard
        answer={{
          agencyName: report.agency?.name ?? null,
          what: draft.what,
          where: draft.where,
          when: draft.when,
          next: draft.next,
          ...outcomeOf(draft),
          sentAt: null,
          photoIds: [...photoIds],
        }}
      />
    </div>
  )
}
