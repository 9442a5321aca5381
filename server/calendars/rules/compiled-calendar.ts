import { DomainError } from '#server/platform/errors.ts'
import { officeHours } from './office-hours.ts'
import type { Interval, WorkingCalendar, WorkingTime } from './working-time.ts'
import { dayMillis, dayOf, instantOf, minuteMillis, offsetAt } from './zoned-days.ts'

/** A window that turns out too small grows by at least this, so that a walk into the distance stays cheap. */
const growthDays = 366

/** The open slices of some days, in order: the starts and, at the same places, the ends. */
type Slices = { starts: number[]; ends: number[] }

function slicesOf(zone: string, intervalsOn: (day: number) => Interval[], first: number, last: number): Slices {
  const starts: number[] = []
  const ends: number[] = []
  let offset = offsetAt(zone, first * dayMillis - offsetAt(zone, first * dayMillis))
  for (let day = first; day <= last; day++) {
    const next = offsetAt(zone, (day + 1) * dayMillis - offset)
    for (const [from, to] of intervalsOn(day)) {
      // A day on which the zone's clock is put forward or back needs its edges looked up one by one.
      const plain = day * dayMillis - offset
      const start = next === offset ? plain + from * minuteMillis : instantOf(zone, day, from)
      const end = next === offset ? plain + to * minuteMillis : instantOf(zone, day, to)
      const opening = Math.max(start, ends.at(-1) ?? start)
      if (end <= opening) continue
      starts.push(opening)
      ends.push(end)
    }
    offset = next
  }
  return { starts, ends }
}

/** How many of the ascending numbers are ≤ the value. */
function countUpTo(numbers: number[], value: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * A calendar made ready for many questions: its open slices with the open time before each, found by bisection. It
 * begins with the window asked for and grows by itself when a question leads outside, so the window is a matter of
 * speed, never of the answer. Where the hours end for good, `calendar_too_short`.
 */
export function compileCalendar(calendar: WorkingCalendar, from: Date, to: Date): WorkingTime {
  const { zone } = calendar
  const hours = officeHours(calendar)
  let firstDay = dayOf(zone, from.getTime())
  let lastDay = Math.max(firstDay, dayOf(zone, to.getTime()))
  let { starts, ends } = slicesOf(zone, hours.intervalsOn, firstDay, lastDay)
  let coveredFrom = instantOf(zone, firstDay, 0)
  let coveredTo = instantOf(zone, lastDay + 1, 0)
  /**
   * Open time from the origin (the start of the first window) to each slice; one more entry: to the end of the last.
   */
  let before = totals(0)

  function totals(atFirst: number): number[] {
    const sums = [atFirst]
    for (let i = 0; i < starts.length; i++) {
      sums.push((sums[i] as number) + (ends[i] as number) - (starts[i] as number))
    }
    return sums
  }

  function growBack(toDay: number) {
    const target = Math.max(Math.min(toDay, firstDay - growthDays), hours.firstDay)
    const known = before[0] as number
    if (target < firstDay) {
      const added = slicesOf(zone, hours.intervalsOn, target, firstDay - 1)
      starts = added.starts.concat(starts)
      ends = added.ends.concat(ends)
      firstDay = target
      const addedTime = added.starts.reduce((sum, start, i) => sum + (added.ends[i] as number) - start, 0)
      before = totals(known - addedTime)
    }
    coveredFrom = firstDay <= hours.firstDay ? Number.NEGATIVE_INFINITY : instantOf(zone, firstDay, 0)
  }

  function growAhead(toDay: number) {
    const target = Math.min(Math.max(toDay, lastDay + growthDays), hours.lastDay)
    if (target > lastDay) {
      const added = slicesOf(zone, hours.intervalsOn, lastDay + 1, target)
      starts = starts.concat(added.starts)
      ends = ends.concat(added.ends)
      lastDay = target
      before = totals(before[0] as number)
    }
    coveredTo = lastDay >= hours.lastDay ? Number.POSITIVE_INFINITY : instantOf(zone, lastDay + 1, 0)
  }

  function cover(at: number) {
    if (at < coveredFrom) growBack(dayOf(zone, at))
    if (at >= coveredTo) growAhead(dayOf(zone, at))
  }

  return {
    openBefore(at) {
      cover(at)
      const i = countUpTo(starts, at) - 1
      if (i < 0) return before[0] as number
      return (before[i] as number) + Math.min(at, ends[i] as number) - (starts[i] as number)
    },
    reach(open) {
      while ((before[0] as number) >= open && coveredFrom !== Number.NEGATIVE_INFINITY) growBack(firstDay - 1)
      while ((before[starts.length] as number) < open) {
        if (coveredTo === Number.POSITIVE_INFINITY)
          throw new DomainError('calendar_too_short', { calendar: calendar.id })
        growAhead(lastDay + 1)
      }
      // The slice with less before it and no less after it: its end, where the time is used up exactly. What lies
      // before the hours begin lies before the first.
      const i = Math.max(0, countUpTo(before, open - 1) - 1)
      return (starts[i] as number) + open - (before[i] as number)
    },
    sliceFrom(at) {
      cover(at)
      const i = countUpTo(ends, at)
      while (i >= starts.length && coveredTo !== Number.POSITIVE_INFINITY) growAhead(lastDay + 1)
      return i < starts.length ? { from: starts[i] as number, to: ends[i] as number } : null
    },
    dayMinutes(at) {
      return hours.usualMinutesOn(dayOf(zone, at))
    },
  }
}
