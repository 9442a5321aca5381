import { cityTimeKey, overdueSince } from '#server/calendars/rules/standing.ts'
import type { QueueRow } from '#server/reports/queries/queue-rows.ts'

/** Open minutes elapsed on each calendar, as the server counts them: only differences have a meaning. */
export type OpenTime = Readonly<Record<string, number>>

type Deadline = QueueRow['deadline']
type Counted = { deadline: Deadline; clockTime: string | null; countedAt: Date; openTime: OpenTime }

/**
 * The state of a row's deadline now, computed from the server's data when the row was loaded and the open time of its
 * calendars since; what is overdue grows by the city's, as on the server, from the due instant on. The list counts down
 * without a query; no working time is computed here.
 */
export function deadlineNow(
  { deadline, clockTime, countedAt, openTime }: Counted,
  now: Date,
  openNow: OpenTime,
): Deadline {
  const { kind, dueAt, soonAt, fromDue } = deadline
  if (kind === 'none' || kind === 'paused' || !dueAt) return deadline
  if (now > dueAt) {
    const count = fromDue ?? { openMinutes: 0, minutesPerDay: deadline.minutesPerDay }
    const openMinutes = openNow[cityTimeKey] ?? count.openMinutes
    return { ...deadline, ...overdueSince(dueAt, now, { isAlways: clockTime === 'always', count, openMinutes }) }
  }
  const left = deadline.minutes - passedMinutes(clockTime, countedAt, openTime, now, openNow)
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
