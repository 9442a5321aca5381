'use client'

import { useTranslations } from 'next-intl'
import { useUnderWay } from '#components/reports/moves/in-turn.ts'
import styles from './UnderWay.module.css'

/** Shown beside a change that the server has not confirmed yet: only where the connection is slow. */
export function UnderWay({ reportId }: { reportId: number }) {
  const t = useTranslations('report')
  const names = useUnderWay(reportId)
  return names.length === 0 ? null : <span className={styles.note}>{t('underWay')}</span>
}
