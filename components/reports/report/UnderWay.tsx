'use client'

import { useTranslations } from 'next-intl'
import { useUnderWay } from '#components/reports/moves/in-turn.ts'
import styles from './UnderWay.module.css'

/** Beside what is shown already and not yet taken by the server: only where the line is slow. */
export function UnderWay({ reportId }: { reportId: number }) {
  const t = useTranslations('report')
  const names = useUnderWay(reportId)
  return names.length === 0 ? null : <span className={styles.note}>{t('underWay')}</span>
}
