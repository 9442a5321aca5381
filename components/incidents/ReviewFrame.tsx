'use client'

import { PencilLine } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import styles from './Batch.module.css'
import { useRefusalReasonWords } from './use-refusal-reason-words.ts'

type Found = {
  unknownVariables: readonly string[]
  leftOut: readonly { refusalReason: string; reports: number }[]
  samples: readonly object[]
}

type Props = {
  found: Found | undefined
  error: unknown
  onRetry: () => void
  onBack: () => void
  /** The consequences, one sentence each. */
  will: readonly (string | false)[]
  /** Examples of the text as recipients read it. */
  children: ReactNode
}

/** The consequences, the exclusions with reasons, and examples: reviewed before anything is sent to many. */
export function ReviewFrame({ found, error, onRetry, onBack, will, children }: Props) {
  const t = useTranslations('incidents.answers.preview')
  const form = useTranslations('incidents.answers.form')
  const refusalReasonOf = useRefusalReasonWords()
  if (error) return <ErrorState error={error} onRetry={onRetry} />
  if (!found) return <SkeletonRows rows={5} rowHeight={36} columns={['1fr']} />
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
          {will
            .filter((sentence) => sentence !== false)
            .map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
        </ul>
      </section>
      {found.leftOut.length > 0 && (
        <section className={styles.block}>
          <SectionLabel>{t('wont')}</SectionLabel>
          <ul>
            {found.leftOut.map(({ refusalReason, reports }) => (
              <li key={refusalReason}>{t('leftOut', { count: reports, reason: refusalReasonOf(refusalReason) })}</li>
            ))}
          </ul>
        </section>
      )}
      {found.samples.length > 0 && (
        <section className={styles.block}>
          <SectionLabel>{t('samples', { count: found.samples.length })}</SectionLabel>
          {children}
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
