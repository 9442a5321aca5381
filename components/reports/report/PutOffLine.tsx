'use client'

import { AlarmClock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useReportDesk } from './desk.ts'
import styles from './PutOffLine.module.css'
import { usePutOff } from './use-put-off.ts'

/** That the reader has put the report off, until when, or why it is back. */
export function PutOffLine() {
  const t = useTranslations('report.putOff')
  const format = useFormat()
  const { report } = useReportDesk()
  const putOff = usePutOff()
  if (!report.putOff) return null
  const { until, returnedAt, byCitizen } = report.putOff
  const words = returnedAt
    ? t(byCitizen ? 'wokenLine' : 'returnedLine', { at: format.dateTime(returnedAt) })
    : t('awayLine', { until: format.dateTime(until) })
  return (
    <span className={styles.line}>
      <AlarmClock size={14} aria-hidden="true" />
      {words}
      <Button size="small" variant="quiet" onClick={() => putOff(report, null)}>
        {t(returnedAt ? 'unmark' : 'end')}
      </Button>
    </span>
  )
}
