'use client'

import { useTranslations } from 'next-intl'
import { useContext } from 'react'
import { DeadlineChip } from '#components/reports/DeadlineChip.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useNow } from '#components/ui/use-now.ts'
import { deadlineNow } from './countdown.ts'
import { OpenTimeContext } from './open-time.ts'
import type { RowProps } from './QueueRow.tsx'
import styles from './Row.module.css'

type Props = Pick<RowProps, 'row' | 'onDetail'>

/** The chip counts down with the page's clock; a click shows how the deadline is computed. */
export function DeadlineCell({ row, onDetail }: Props) {
  const t = useTranslations('reports.queue.row')
  const openTime = useContext(OpenTimeContext)
  const now = useNow()
  const deadline = openTime ? deadlineNow(row, now, openTime) : row.deadline
  if (deadline.kind === 'none') return <Ended row={row} />
  return (
    <button
      type="button"
      className={styles.deadline}
      tabIndex={-1}
      aria-haspopup="dialog"
      title={t('deadline', { code: row.code })}
      onClick={(event) => {
        event.stopPropagation()
        onDetail({ of: 'deadline', row, anchor: event.currentTarget })
      }}
    >
      <DeadlineChip deadline={deadline} short />
    </button>
  )
}

/** No clock runs any more: when the promise was kept or missed says more than an empty chip. */
export function Ended({ row }: Pick<Props, 'row'>) {
  const t = useTranslations('reports.deadline')
  if (!row.endedAt) return null
  return (
    <span className={styles.quiet}>
      {t('ended')} <TimeText at={row.endedAt} as="compact" />
    </span>
  )
}
