'use client'

import { RotateCw, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { failureOf } from '#server/platform/rules/public-failure.ts'
import { Button } from './Button.tsx'
import styles from './EmptyState.module.css'
import { useFailureSentence } from './use-failure-sentence.ts'

type Props = {
  /** The thrown error: the text follows from it. */
  error: unknown
  title?: string
  onRetry?: () => void
  /** An alternative to retrying. */
  action?: ReactNode
  /** `h1` where it is the whole content of the page. */
  heading?: 'h1' | 'h2'
}

export function ErrorState({ error, title, onRetry, action, heading: Heading = 'h2' }: Props) {
  const t = useTranslations('failures')
  const sentenceOf = useFailureSentence()
  const failure = failureOf(error)
  return (
    <div className={styles.state} role="alert">
      <span className={styles.failed}>
        <TriangleAlert size={24} strokeWidth={1.5} aria-hidden="true" />
      </span>
      <Heading className={styles.title}>{title ?? t(`${failure.kind}.title`)}</Heading>
      <p className={styles.sentence}>{sentenceOf(failure)}</p>
      {failure.fault && <p className={styles.code}>{t('code', { code: failure.fault })}</p>}
      {(onRetry || action) && (
        <div className={styles.action}>
          {onRetry && (
            <Button icon={<RotateCw />} onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
          {action}
        </div>
      )}
    </div>
  )
}
