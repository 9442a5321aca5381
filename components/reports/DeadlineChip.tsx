'use client'

import { StatusChip } from '#components/ui/StatusChip.tsx'
import { useDeadlineWords } from './deadline-words.ts'

type Props = {
  deadline: {
    kind: 'none' | 'paused' | 'in_time' | 'soon' | 'overdue'
    minutes: number
    minutesPerDay: number
  }
  /** In narrow columns: from a day on the days alone. */
  short?: boolean
}

/**
 * How a report stands against its deadline: words, colour and shape together. The server has counted; this only says
 * it.
 */
export function DeadlineChip({ deadline, short = false }: Props) {
  const { standingOf } = useDeadlineWords()
  return <StatusChip status={deadline.kind}>{standingOf(deadline, short)}</StatusChip>
}
