'use client'

import { StatusChip } from '#components/ui/StatusChip.tsx'
import type { Standing } from '#server/calendars/rules/standing.ts'
import { useDeadlineWords } from './deadline-words.ts'

type Props = {
  deadline: Standing
  /** For narrow columns: from one day on only the days. */
  short?: boolean
}

/**
 * The state of a report's deadline as text, colour and shape together. The server has computed it; this only shows it.
 */
export function DeadlineChip({ deadline, short = false }: Props) {
  const { standingOf } = useDeadlineWords()
  return <StatusChip status={deadline.kind}>{standingOf(deadline, short)}</StatusChip>
}
