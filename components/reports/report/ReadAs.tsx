'use client'

import { useTranslations } from 'next-intl'
import { FoldedText } from '#components/ui/FoldedText.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './ReadAs.module.css'

/** Under words that were typed in Telex or VNI, which stay as they are: what they say. */
export function ReadAs({ report }: { report: Pick<ReportView, 'title' | 'body' | 'readAs'> }) {
  const t = useTranslations('report')
  const { title, body, readAs } = report
  if (!readAs) return null
  const read = [readAs.title !== title && readAs.title, readAs.body !== body && readAs.body].filter(Boolean)
  return (
    <FoldedText lines={3} className={styles.read}>
      {t('readAs')} <span lang="vi">{read.join(' – ')}</span>
    </FoldedText>
  )
}
