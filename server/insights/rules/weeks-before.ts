import { dayAfter, type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { launchDay, type ResolvedPeriod, stepOf } from './period.ts'

/** So many weeks before a period tell how its counts scatter. */
const weeks = 12

/** From the first of their days on; `days`: this many of each week are counted. */
export type WeeksBefore = { from: LocalDay; days: number }

/** A period shorter than a week is compared with the same weekdays. Null: the city had not begun by then. */
export function weeksBefore({ fromDay, toDay }: Pick<ResolvedPeriod, 'fromDay' | 'toDay'>): WeeksBefore | null {
  const from = dayAfter(fromDay, -7 * weeks)
  if (from < launchDay) return null
  return { from, days: Math.min(7, stepOf(toDay, 'day') - stepOf(fromDay, 'day') + 1) }
}

/** By the number of the day. */
export type ByDay = ReadonlyMap<number, number>

const eachWeek = <Value>(make: (week: number) => Value): Value[] =>
  Array.from({ length: weeks }, (_, week) => make(week))

/** The counted days of each week. */
export const spansIn = ({ from, days }: WeeksBefore): { from: Date; to: Date }[] =>
  eachWeek((week) => {
    const first = dayAfter(from, 7 * week)
    return { from: startOfDay(first), to: startOfDay(dayAfter(first, days)) }
  })

/** How many there were in each week. */
export function countsIn({ from, days }: WeeksBefore, counts: ByDay): number[] {
  const first = stepOf(from, 'day')
  return eachWeek((week) =>
    Array.from({ length: days }, (_, day) => counts.get(first + 7 * week + day) ?? 0).reduce(
      (sum, one) => sum + one,
      0,
    ),
  )
}

/** How many were open at the end of each week, from how many are open after all of the changes. */
export function openIn({ from }: WeeksBefore, open: number, changes: ByDay): number[] {
  const first = stepOf(from, 'day')
  return eachWeek((week) =>
    [...changes].reduce((left, [day, change]) => (day >= first + 7 * (week + 1) ? left - change : left), open),
  )
}
