import { minuteMillis } from './zoned-days.ts'

/** A stretch of time, `to` excluded. */
export type Slice = { from: Date; to: Date }

/** Start and end minute of the local day: [480, 720] is 08:00–12:00, [0, 1440] the whole day. */
export type Interval = [number, number]

/**
 * ISO weekday ('1' Monday … '7' Sunday) → its hours, several intervals for a split shift; a missing weekday is closed.
 */
export type Weekly = Record<string, Interval[]>

export type CalendarVersion = {
  /** First and last local day in force, as `yyyy-MM-dd`, both inclusive; null: until further notice. */
  validFrom: string
  validTo: string | null
  weekly: Weekly
}

export const calendarDayKinds = ['closed', 'working'] as const
type CalendarDayKind = (typeof calendarDayKinds)[number]

/**
 * A day that differs from the weekly hours.
 * - closed without intervals: the whole day; with intervals: those parts of it.
 * - working with intervals: exactly these hours, whatever the weekday; without: the usual hours of the version in
 *   force, those of its first weekday that has any (usually Monday). This is the make-up Saturday. If one day is both,
 *   the closed parts stay closed.
 */
export type CalendarDay = { date: string; kind: CalendarDayKind; intervals: Interval[] | null }

export type WorkingCalendar = { id: string; zone: string; versions: CalendarVersion[]; days: CalendarDay[] }

/**
 * Time in which deadlines run: the hours of a calendar, compiled, or day and night. Instants are epoch milliseconds.
 */
export type WorkingTime = {
  /** Open milliseconds between a fixed origin and the instant: only differences of two values are meaningful. */
  openBefore(at: number): number
  /**
   * The first instant by which that many open milliseconds have passed since the origin: at closing time, not the next
   * opening.
   */
  reach(open: number): number
  /** The slice that holds the instant, else the next one; null after the last. */
  sliceFrom(at: number): { from: number; to: number } | null
  /** Length of an ordinary working day at that time, in minutes. */
  dayMinutes(at: number): number
}

const farthest = 8.64e15

/** Day and night, every day: the time of urgent reports in emergency mode. Its "day" has 24 hours. */
export const alwaysOpen: WorkingTime = {
  openBefore: (at) => at,
  reach: (open) => open,
  sliceFrom: () => ({ from: -farthest, to: farthest }),
  dayMinutes: () => 1440,
}

/**
 * The instant at which `minutes` of open time have passed since `from`. If they are used up exactly at closing time, it
 * is closing time, not the next opening.
 */
export function dueAt(from: Date, minutes: number, time: WorkingTime): Date {
  const left = Math.round(minutes * minuteMillis)
  if (!(left >= 0)) throw new RangeError(`a target of ${minutes} minutes`)
  const start = from.getTime()
  if (left > 0) return new Date(time.reach(time.openBefore(start) + left))
  const slice = time.sliceFrom(start - 1)
  return new Date(slice ? Math.max(start, slice.from) : start)
}

/** Open minutes from `a` to `b`, with fractions; negative if `b` comes first. */
export function openMinutesBetween(a: Date, b: Date, time: WorkingTime): number {
  return (time.openBefore(b.getTime()) - time.openBefore(a.getTime())) / minuteMillis
}

/** Each piece of open time between two instants: what the preview "received … → due …" lists. */
export function slicesCounted(from: Date, due: Date, time: WorkingTime): Slice[] {
  const slices: Slice[] = []
  let at = from.getTime()
  while (at < due.getTime()) {
    const slice = time.sliceFrom(at)
    if (!slice || slice.from >= due.getTime()) break
    slices.push({ from: new Date(Math.max(at, slice.from)), to: new Date(Math.min(slice.to, due.getTime())) })
    at = slice.to
  }
  return slices
}

/** Half-open: at the minute of closing it is closed. */
export function isOpenAt(at: Date, time: WorkingTime): boolean {
  const slice = time.sliceFrom(at.getTime())
  return slice !== null && slice.from <= at.getTime()
}

const gapHorizonMillis = 366 * 1440 * minuteMillis

/**
 * The rest of the closed time around `at`, else the next closed time; null if none begins within a year, or it has no
 * end.
 */
export function nextClosedGap(at: Date, time: WorkingTime): Slice | null {
  const start = at.getTime()
  let slice = time.sliceFrom(start)
  if (!slice) return null
  if (slice.from > start) return { from: at, to: new Date(slice.from) }
  while (slice.to < start + gapHorizonMillis) {
    const next = time.sliceFrom(slice.to)
    if (!next) return null
    if (next.from > slice.to) return { from: new Date(slice.to), to: new Date(next.from) }
    slice = next
  }
  return null
}

/** The length of a working day, used to format durations around `at`. */
export function minutesPerDay(time: WorkingTime, at: Date): number {
  return time.dayMinutes(at.getTime())
}
