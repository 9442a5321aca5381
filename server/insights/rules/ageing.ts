import { minutesPerDay, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import { dayAfter, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { type AgeBucket, ageBuckets } from './data-point.ts'
import type { BoardFilters } from './filters.ts'

/**
 * The bounds of the ageing scales as instants: so the database compares instants and never counts working time. All of
 * them are computed by the city's own calendar.
 */
export type AgeingBounds = {
  /** Received after `after` and up to `upTo`; null: no bound. */
  ages: Record<AgeBucket, { after: Date | null; upTo: Date | null }>
  /** Due before this: overdue by more than five working days. */
  fiveDaysAgo: Date
  /** Due up to this: overdue by a working day or more. */
  oneDayAgo: Date
  /** The end of the day of the figures, and of the second working day after it. */
  endOfToday: Date
  endOfSecondDay: Date
}

/**
 * The day whose end the bucket `today` of these figures reaches; null while that is the reader's own today. Figures of
 * a past moment name the day.
 */
export const pastDueDay = ({
  asOf,
  isPartial,
  filters,
}: {
  asOf: Date
  isPartial: boolean
  filters: Pick<BoardFilters, 'asked'>
}): LocalDay | null => (isPartial && filters.asked === null ? null : localDayOf(asOf))

const leastDays: Record<AgeBucket, number> = { '0-1': 0, '2-3': 2, '4-5': 4, '6-10': 6, '11-20': 11, '21-': 21 }

export function ageingBounds(at: Date, time: WorkingTime): AgeingBounds {
  const day = minutesPerDay(time, at) * 60_000
  const open = time.openBefore(at.getTime())
  /** The last instant from which this many working days have passed by `at`. */
  const lastBefore = (days: number): Date => {
    const reached = time.reach(open - days * day)
    const slice = time.sliceFrom(reached)
    return new Date(slice ? Math.max(reached, slice.from) : reached)
  }
  const upTo = (bucket: AgeBucket) => (leastDays[bucket] === 0 ? null : lastBefore(leastDays[bucket]))
  const ages = Object.fromEntries(
    ageBuckets.map((bucket, place) => {
      const older = ageBuckets[place + 1]
      return [bucket, { after: older ? upTo(older) : null, upTo: upTo(bucket) }]
    }),
  ) as AgeingBounds['ages']
  const days = workingDaysFrom(at, 3, time)
  // Before a calendar begins and after it ends there are no working days.
  const second = days.filter((one) => one > localDayOf(at))[1] ?? dayAfter(localDayOf(at), 2)
  return {
    ages,
    fiveDaysAgo: new Date(time.reach(open - 5 * day)),
    oneDayAgo: lastBefore(1),
    endOfToday: startOfDay(dayAfter(localDayOf(at))),
    endOfSecondDay: startOfDay(dayAfter(second)),
  }
}

/** Whether offices are open on that day, however shortly. */
export const isWorkedOn = (day: LocalDay, time: WorkingTime): boolean =>
  time.openBefore(startOfDay(dayAfter(day)).getTime()) > time.openBefore(startOfDay(day).getTime())

/** This many working days from the day of `at` on, including it if it is one. */
export function workingDaysFrom(at: Date, count: number, time: WorkingTime): LocalDay[] {
  const days: LocalDay[] = []
  // At most 800 days are searched: a calendar that ends gives fewer.
  for (let day = localDayOf(at), left = 800; days.length < count && left > 0; day = dayAfter(day), left -= 1) {
    if (isWorkedOn(day, time)) days.push(day)
  }
  return days
}
