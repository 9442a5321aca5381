import { DomainError } from '#server/platform/errors.ts'
import { officeHours } from './office-hours.ts'
import type { Interval, WorkingCalendar, WorkingTime } from './working-time.ts'
import { dayMillis, dayOf, instantOf, minuteMillis, offsetAt } from './zoned-days.ts'

/** A window that is too small grows by at least this, so that queries far away stay cheap. */
const growthDays = 366

/** The open slices of some days, in order: the starts and, at the same indexes, the ends. */
type Slices = { starts: number[]; ends: number[] }

function slicesOf(zone: string, intervalsOn: (day: number) => Interval[], first: number, last: number): Slices {
  const starts: number[] = []
  const ends: number[] = []
  let offset = offsetAt(zone, first * dayMillis - offsetAt(zone, first * dayMillis))
  for (let day = first; day <= last; day++) {
    const next = offsetAt(zone, (day + 1) * dayMillis - offset)
    for (const [from, to] of intervalsOn(day)) {
      // On a day on which the zone's offset changes, each edge is looked up separately.
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
 * A calendar prepared for many queries: its open slices with the open time before each, searched by bisection. It
 * begins with the given window and grows when a query leads outside, so the window affects only the speed, never the
 * result. Throws `calendar_too_short` where the hours end permanently.
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
   * Open time from the origin (the start of the first window) to each slice, and one more entry: to the end of the
   * last.
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
      // The slice in which the open time is reached; its end if it is used up exactly. Times before the hours begin are
      // before the first slice.
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
