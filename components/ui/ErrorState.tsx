'use client'

import { RotateCw, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import styles from './EmptyState.module.css'

type Props = {
  title?: string
  /** What the person can do about it. */
  children?: ReactNode
  /** To tell support: a refusal's code or the digest of a defect. */
  code?: string | undefined
  onRetry?: () => void
  /** Another way on, beside trying again. */
  action?: ReactNode
}

export function ErrorState({ title, children, code, onRetry, action }: Props) {
  const t = useTranslations('common.failure')
  return (
    <div className={styles.state} role="alert">
      <span className={styles.failed}>
        <TriangleAlert size={24} strokeWidth={1.5} aria-hidden="true" />
      </span>
      <h2 className={styles.title}>{title ?? t('title')}</h2>
      <p className={styles.sentence}>{children ?? t('sentence')}</p>
      {code && <p className={styles.code}>{t('code', { code })}</p>}
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
