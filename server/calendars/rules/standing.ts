import { type ClockTime, type Deadline, type DeadlineState, deadlineStateOf, timeOf } from './deadlines.ts'
import { minutesPerDay, openMinutesBetween, type WorkingTime } from './working-time.ts'

/** The state of a deadline with the length of the day that its minutes are counted in: 1440 where nights count. */
export type Standing = DeadlineState & { minutesPerDay: number }

/** The hours a clock runs in: those of its own calendar, or day and night. */
export type ClockHours = { time: ClockTime; working: WorkingTime }

/**
 * The state of a deadline as every screen shows it. What is left is counted in the hours the clock runs in. What is
 * overdue is counted by the city's calendar, whichever agency holds the report: lists are sorted by the due instant,
 * and on calendars of their own a later one could seem longer overdue. A clock that runs day and night counts the
 * nights too, until it is a working day late; from then on it is compared with all others.
 */
export function standingOf(deadline: Deadline, at: Date, { time, working }: ClockHours, city: WorkingTime): Standing {
  const hours = timeOf(time, working)
  const state = deadlineStateOf(deadline, at, hours)
  const own = { ...state, minutesPerDay: minutesPerDay(hours, at) }
  if (state.kind !== 'overdue' || !deadline.dueAt) return own
  const minutes = openMinutesBetween(deadline.dueAt, at, city)
  const day = minutesPerDay(city, at)
  return time === 'always' && minutes < day ? own : { kind: 'overdue', minutes, minutesPerDay: day }
}

/** The city's open minutes up to the due instant, and the length of its day: what is overdue counts on from there. */
export type CountFromDue = { openMinutes: number; minutesPerDay: number }

export const countFromDue = (dueAt: Date, at: Date, city: WorkingTime): CountFromDue => ({
  openMinutes: openMinutesUpTo(dueAt, city),
  minutesPerDay: minutesPerDay(city, at),
})

/** Open minutes of a calendar since its origin: only differences have a meaning. */
export const openMinutesUpTo = (at: Date, time: WorkingTime): number =>
  Math.round(time.openBefore(at.getTime()) / 60) / 1000

/** How late a clock is by those minutes: the same as `standingOf` says, without a calendar. */
export function overdueSince(
  dueAt: Date,
  at: Date,
  { isAlways, count, openMinutes }: { isAlways: boolean; count: CountFromDue; openMinutes: number },
): Standing {
  const minutes = Math.max(0, openMinutes - count.openMinutes)
  if (!isAlways || minutes >= count.minutesPerDay)
    return { kind: 'overdue', minutes, minutesPerDay: count.minutesPerDay }
  return { kind: 'overdue', minutes: (at.getTime() - dueAt.getTime()) / 60_000, minutesPerDay: nightAndDay }
}

/** Under this key the open time of the city is sent beside that of each calendar. */
export const cityTimeKey = 'city'

const nightAndDay = 1440

/** What the figure of a deadline counts; null where it has none. */
export type Measure = 'hours' | 'days' | 'nights'

export function measureOf({ kind, minutes, minutesPerDay: day }: Standing): Measure | null {
  if (kind === 'none' || kind === 'paused') return null
  if (day >= nightAndDay) return 'nights'
  return minutes >= day ? 'days' : 'hours'
}
