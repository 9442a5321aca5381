'use client'

import { useTranslations } from 'next-intl'
import { useContext } from 'react'
import { useDeadlineWords } from '#components/reports/deadline-words.ts'
import { statusInk } from '#components/ui/status-colors.ts'
import { statusIcons } from '#components/ui/status-icons.ts'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useNow } from '#components/ui/use-now.ts'
import { deadlineNow } from './countdown.ts'
import { OpenTimeContext } from './open-time.ts'
import type { RowProps } from './QueueRow.tsx'
import styles from './Row.module.css'

type Props = Pick<RowProps, 'row' | 'onDetail'>

/**
 * In two lines: how long, in colour and with its icon, and below what that counts. It counts down with the page's
 * clock; a click shows how the deadline is computed.
 */
export function DeadlineCell({ row, onDetail }: Props) {
  const t = useTranslations('reports')
  const { standingOf, countedOf } = useDeadlineWords()
  const openTime = useContext(OpenTimeContext)
  const now = useNow()
  const deadline = openTime ? deadlineNow(row, now, openTime) : row.deadline
  if (deadline.kind === 'none') return <Ended row={row} />
  const Icon = statusIcons[deadline.kind]
  const waits = deadline.kind === 'paused' && row.state === 'awaiting_citizen'
  return (
    <button
      type="button"
      className={styles.deadline}
      tabIndex={-1}
      aria-haspopup="dialog"
      title={t('queue.row.deadline', { code: row.code })}
      onClick={(event) => {
        event.stopPropagation()
        onDetail({ of: 'deadline', row, anchor: event.currentTarget })
      }}
    >
      <Icon size={13} strokeWidth={2} aria-hidden="true" style={{ color: statusInk(deadline.kind) }} />
      <span className={styles.standing} style={{ color: statusInk(deadline.kind) }}>
        {standingOf(deadline, true)}
      </span>
      <span className={styles.counted}>{waits ? t('deadline.counted.citizen') : countedOf(deadline)}</span>
    </button>
  )
}

/** No clock runs any more: when it ended, or for when the answer plans more, says more than an empty chip. */
export function Ended({ row: { committedTo, endedAt } }: Pick<Props, 'row'>) {
  const t = useTranslations('reports.deadline')
  const at = committedTo ?? endedAt
  if (!at) return null
  return (
    <span className={styles.quiet}>
      {t(committedTo ? 'committed' : 'ended')} <TimeText at={at} as="compact" />
    </span>
  )
}
