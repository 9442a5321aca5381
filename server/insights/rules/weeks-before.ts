import { dayAfter, type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { launchDay, type ResolvedPeriod, stepOf } from './period.ts'

/** So many weeks before a period tell how its counts scatter; of one longer than a week, more of them, but not less. */
const shortWeeks = 12
const longWeeks = 26
const weekDays = 7

/** From the first of their days on; `days`: this many of each week are counted. `isLong`: for more than a week. */
export type WeeksBefore = { from: LocalDay; weeks: number; days: number; isLong: boolean }

/** A period shorter than a week is compared with the same weekdays. Null: the city had not begun by then. */
export function weeksBefore({ fromDay, toDay }: Pick<ResolvedPeriod, 'fromDay' | 'toDay'>): WeeksBefore | null {
  const length = stepOf(toDay, 'day') - stepOf(fromDay, 'day') + 1
  const isLong = length > weekDays
  const lived = Math.floor((stepOf(fromDay, 'day') - stepOf(launchDay, 'day')) / weekDays)
  const weeks = Math.min(lived, isLong ? longWeeks : shortWeeks)
  if (weeks < shortWeeks) return null
  return { from: dayAfter(fromDay, -weekDays * weeks), weeks, days: Math.min(weekDays, length), isLong }
}

/** By the number of the day. */
export type ByDay = ReadonlyMap<number, number>

const eachWeek = <Value>(weeks: number, make: (week: number) => Value): Value[] =>
  Array.from({ length: weeks }, (_, week) => make(week))

/** The counted days of each week. */
export const spansIn = ({ from, weeks, days }: WeeksBefore): { from: Date; to: Date }[] =>
  eachWeek(weeks, (week) => {
    const first = dayAfter(from, 7 * week)
    return { from: startOfDay(first), to: startOfDay(dayAfter(first, days)) }
  })

/** How many there were in each week. */
export function countsIn({ from, weeks, days }: WeeksBefore, counts: ByDay): number[] {
  const first = stepOf(from, 'day')
  return eachWeek(weeks, (week) =>
    Array.from({ length: days }, (_, day) => counts.get(first + 7 * week + day) ?? 0).reduce(
      (sum, one) => sum + one,
      0,
    ),
  )
}

/** How many were open at the end of each week, from how many are open after all of the changes. */
export function openIn({ from, weeks }: WeeksBefore, open: number, changes: ByDay): number[] {
  const first = stepOf(from, 'day')
  return eachWeek(weeks, (week) =>
    [...changes].reduce((left, [day, change]) => (day >= first + 7 * (week + 1) ? left - change : left), open),
  )
}
