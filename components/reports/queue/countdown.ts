import type { QueueRow } from '#server/reports/queries/queue-rows.ts'

/** Open minutes on each calendar, as the server counts them: only differences mean anything. */
export type OpenTime = Readonly<Record<string, number>>

type Deadline = QueueRow['deadline']
type Counted = { deadline: Deadline; clockTime: string | null; countedAt: Date; openTime: OpenTime }

/**
 * How a row stands against its deadline now, from what the server said when the row was loaded and what it says of its
 * calendars since. The list counts down without being asked for again; no working time is computed here.
 */
export function deadlineNow(
  { deadline, clockTime, countedAt, openTime }: Counted,
  now: Date,
  openNow: OpenTime,
): Deadline {
  const { kind, dueAt, soonAt } = deadline
  if (kind === 'none' || kind === 'paused' || !dueAt) return deadline
  const passed = passedMinutes(clockTime, countedAt, openTime, now, openNow)
  const left = kind === 'overdue' ? -deadline.minutes - passed : deadline.minutes - passed
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
