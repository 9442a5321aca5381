'use client'

import { CircleCheck, MessageSquareWarning } from 'lucide-react'
import { useTranslations } from 'next-intl'
import styles from './SideWords.module.css'

export const sides = ['fields', 'checklist', 'alert', 'loudspeaker', 'timeline', 'revisions'] as const
export type Side = (typeof sides)[number]

type Props = { side: Side; errors: number; warnings: number; hasImportantRemark: boolean }

/** The name of a side panel, and whether something in it needs to be looked at. */
export function SideWords({ side, errors, warnings, hasImportantRemark }: Props) {
  const t = useTranslations('bulletins')
  return (
    <>
      {t(`page.sides.${side}`)}
      {side === 'checklist' && errors + warnings > 0 && (
        <span className={styles.badge} data-level={errors > 0 ? 'error' : 'warning'}>
          {errors + warnings}
        </span>
      )}
      {side === 'checklist' && errors + warnings === 0 && (
        <CircleCheck size={14} className={styles.ok} aria-label={t('checklist.clear')} />
      )}
      {side === 'timeline' && hasImportantRemark && (
        <MessageSquareWarning size={14} className={styles.warn} aria-label={t('timeline.hasImportant')} />
      )}
    </>
  )
}
