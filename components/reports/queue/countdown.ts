import { cityTimeKey, measureOf } from '#server/calendars/rules/standing.ts'
import type { QueueRow } from '#server/reports/queries/queue-rows.ts'

/** Open minutes elapsed on each calendar, as the server counts them: only differences have a meaning. */
export type OpenTime = Readonly<Record<string, number>>

type Deadline = QueueRow['deadline']
type Counted = { deadline: Deadline; clockTime: string | null; countedAt: Date; openTime: OpenTime }

/**
 * The state of a row's deadline now, computed from the server's data when the row was loaded and the open time of its
 * calendars since; what is overdue grows by the city's. The list counts down without a query; no working time is
 * computed here.
 */
export function deadlineNow(
  { deadline, clockTime, countedAt, openTime }: Counted,
  now: Date,
  openNow: OpenTime,
): Deadline {
  const { kind, dueAt, soonAt } = deadline
  if (kind === 'none' || kind === 'paused' || !dueAt) return deadline
  const isOverdue = kind === 'overdue'
  const time = isOverdue ? (measureOf(deadline) === 'nights' ? 'always' : cityTimeKey) : clockTime
  const passed = passedMinutes(time, countedAt, openTime, now, openNow)
  const left = isOverdue ? -deadline.minutes - passed : deadline.minutes - passed
  if (now > dueAt) return { ...deadline, kind: 'overdue', minutes: Math.max(0, -left) }
  return { ...deadline, kind: soonAt && now >= soonAt ? 'soon' : 'in_time', minutes: Math.max(0, left) }
}

function passedMinutes(
  clockTime: string | null,
  countedAt: Date,
  then: OpenTime,
  now: Date,
  openNow: OpenTime,
): number {
  if (clockTime === null || clockTime === 'always') return Math.max(0, (now.getTime() - countedAt.getTime()) / 60_000)
  return Math.max(0, (openNow[clockTime] ?? 0) - (then[clockTime] ?? openNow[clockTime] ?? 0))
}
