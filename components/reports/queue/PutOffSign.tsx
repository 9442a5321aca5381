'use client'

import { AlarmClock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import styles from './PutOffSign.module.css'
import type { LoadedRow } from './use-queue-list.ts'

/** That the reader has put the report off, or that it has returned from that. */
export function PutOffSign({ row: { putOff } }: { row: Pick<LoadedRow, 'putOff'> }) {
  const t = useTranslations('reports.queue.row.putOff')
  const format = useFormat()
  if (!putOff) return null
  const words = putOff.returnedAt
    ? t(putOff.byCitizen ? 'woken' : 'returned')
    : t('away', { until: format.dateTime(putOff.until) })
  return (
    <span className={styles.sign} data-returned={putOff.returnedAt ? true : undefined} title={words}>
      <AlarmClock size={13} aria-hidden="true" />
      {words}
    </span>
  )
}
