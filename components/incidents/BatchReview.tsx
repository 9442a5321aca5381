'use client'

import { PencilLine } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import { defaultSettings } from '#server/platform/rules/settings.ts'
import type { BatchPreview } from '#server/reports/queries/batch-preview.ts'
import { batchPace, secondPersonAbove } from '#server/reports/rules/answer-batch.ts'
import styles from './Batch.module.css'
import { useObstacleWords } from './use-obstacle-words.ts'

type Props = {
  found: BatchPreview | undefined
  error: unknown
  onRetry: () => void
  wantsSecond: boolean
  onBack: () => void
}

/** What will happen, what will not and why, and how it reads to three of them. */
export function BatchReview({ found, error, wantsSecond, onRetry, onBack }: Props) {
  const t = useTranslations('incidents.answers.preview')
  const form = useTranslations('incidents.answers.form')
  const obstacleOf = useObstacleWords()
  if (error) return <ErrorState error={error} onRetry={onRetry} />
  if (!found) return <SkeletonRows rows={5} rowHeight={36} columns={['1fr']} />
  const isSecond = wantsSecond || found.secondPerson
  const will = [
    t('recipients', { count: found.recipients }),
    found.needApproval > 0 && t('needApproval', { count: found.needApproval, secondPerson: isSecond ? 'yes' : 'no' }),
    found.secondPerson ? t('second', { above: secondPersonAbove }) : wantsSecond && t('secondWanted'),
    found.recipients > 0 && t('pace', { ...batchPace, undo: defaultSettings.undoSeconds }),
    found.recipients > 0 && t('figures'),
  ].filter((sentence) => typeof sentence === 'string')
  return (
    <div className={styles.review}>
      {found.unknownVariables.length > 0 && (
        <p role="alert">
          {t('unknown', { variables: found.unknownVariables.map((name) => `{{${name}}}`).join(', ') })}
        </p>
      )}
      <section className={styles.block}>
        <SectionLabel>{t('will')}</SectionLabel>
        <ul>
          {will.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      {found.leftOut.length > 0 && (
        <section className={styles.block}>
          <SectionLabel>{t('wont')}</SectionLabel>
          <ul>
            {found.leftOut.map(({ obstacle, reports }) => (
              <li key={obstacle}>{t('leftOut', { count: reports, reason: obstacleOf(obstacle) })}</li>
            ))}
          </ul>
        </section>
      )}
      {found.samples.length > 0 && (
        <section className={styles.block}>
          <SectionLabel>{t('samples', { count: found.samples.length })}</SectionLabel>
          {found.samples.map(({ code, title, words }) => (
            <blockquote key={code} className={styles.sample} lang="vi" style={{ margin: 0 }}>
              <span className={styles.label}>
                <WholeCodes>{code}</WholeCodes> · {title}
              </span>
              <p>{words.what}</p>
              <p className={styles.label}>{[words.where, words.when, words.next].filter(Boolean).join(' · ')}</p>
            </blockquote>
          ))}
        </section>
      )}
      <div>
        <Button size="small" icon={<PencilLine />} onClick={onBack}>
          {form('back')}
        </Button>
      </div>
    </div>
  )
}
