'use client'

import { MapPin } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { RowProps } from './QueueRow.tsx'
import styles from './Row.module.css'

/** Opens the place of a row's report on a small map, where the place is known to the metre. */
export function PlacePin({ row, onDetail }: Pick<RowProps, 'row' | 'onDetail'>) {
  const t = useTranslations('reports.queue.row')
  if (!row.point) return null
  return (
    <button
      type="button"
      className={styles.pin}
      tabIndex={-1}
      aria-haspopup="dialog"
      aria-label={t('onMap', { code: row.code })}
      title={t('onMap', { code: row.code })}
      onClick={(event) => {
        event.stopPropagation()
        onDetail({ of: 'place', row, anchor: event.currentTarget })
      }}
    >
      <MapPin size={14} aria-hidden="true" />
    </button>
  )
}
