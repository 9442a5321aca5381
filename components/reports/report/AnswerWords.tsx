'use client'

import { useTranslations } from 'next-intl'
import { PhotoStrip } from '#components/reports/photos/PhotoStrip.tsx'
import type { AnswerView, PhotoView } from '#server/reports/queries/report.ts'
import type { OutcomeOf } from '#server/reports/rules/outcome.ts'
import styles from './AnswerWords.module.css'
import { useOutcomeWords } from './use-outcome-words.ts'

type Props = {
  answer: Pick<AnswerView, 'kind' | 'what' | 'where' | 'when' | 'next' | keyof OutcomeOf | 'photoIds'>
  photos: readonly PhotoView[]
}

/** An answer as its reader gets it: what was done, where, when, what comes next, and the proof. */
export function AnswerWords({ answer, photos }: Props) {
  const t = useTranslations('report.answer')
  const proof = photos.filter(({ fileId, kind }) => kind === 'proof' && answer.photoIds.includes(fileId))
  const outcome = useOutcomeWords()(answer)
  const rows = [
    ...(outcome === null ? [] : [{ label: t('outcome'), value: outcome }]),
    { label: t('where'), value: answer.where },
    { label: t('when'), value: answer.when },
    { label: t('nextStep'), value: answer.next || t('noNext') },
    ...(proof.length === 0 ? [{ label: t('proof'), value: t('noProof') }] : []),
  ]
  return (
    <div className={styles.answer}>
      <p className={styles.what}>{answer.what}</p>
      {answer.kind === 'answer' && (
        <dl className={styles.facts}>
          {rows.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {proof.length > 0 && <PhotoStrip photos={proof} size="small" />}
    </div>
  )
}
