'use client'

import { useContext } from 'react'
import { useDeadlineWords } from '#components/reports/deadline-words.ts'
import { deadlineNow } from '#components/reports/queue/countdown.ts'
import { OpenTimeContext } from '#components/reports/queue/open-time.ts'
import { useRowWords } from '#components/reports/queue/use-row-words.ts'
import { statusInk } from '#components/ui/status-colors.ts'
import { useNow } from '#components/ui/use-now.ts'
import type { MapRow } from './use-map-list.ts'

/** The deadline of a row as it is now: it counts down with the page's clock. */
export function useRowDeadline(row: MapRow): MapRow['deadline'] {
  const now = useNow()
  const openTime = useContext(OpenTimeContext)
  return openTime ? deadlineNow(row, now, openTime) : row.deadline
}

/** The deadline in words, in the colour of its sign; without one, the state that the report has come to. */
export function RowStanding({ row, deadline }: { row: MapRow; deadline: MapRow['deadline'] }) {
  const { standingOf } = useDeadlineWords()
  const { stateOf } = useRowWords()
  const { kind } = deadline
  return (
    <span style={{ color: statusInk(kind === 'none' ? row.state : kind), fontWeight: 600 }}>
      {kind === 'none' ? stateOf(row) : standingOf(deadline, true)}
    </span>
  )
}
