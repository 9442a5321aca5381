import { isOpenAt, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import { dayAfter, type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { Random } from './random.ts'

/** The window of the published figures: launch of iHanoi to the day they were given out (DOMAIN.md §6). */
export const launchDay: LocalDay = '2024-06-28'
export const pressDay: LocalDay = '2024-10-02'
export const pressReports = 9_480
export const stormDays: readonly LocalDay[] = [
  '2024-09-06',
  '2024-09-07',
  '2024-09-08',
  '2024-09-09',
  '2024-09-10',
  '2024-09-11',
]
/** The storm reports of each of these days: 110 in all. */
export const stormReports = [4, 31, 34, 22, 12, 7]

const fullRate = 300
const fullWorkingDays = 15

export type DayPlan = { day: LocalDay; reports: number; storm: number; isThinned: boolean }

type Span = { reports: number; today: Date; seed: string; working: WorkingTime }

/** How many reports each local day brings, from the launch to `today` inclusive; only the thinned days know of `reports`. */
export function planDays({ reports, today, seed, working }: Span): DayPlan[] {
  const last = localDayOf(today)
  const fullFrom = fullRateFrom(last, working)
  const days: LocalDay[] = []
  for (let day = launchDay; day <= last; day = dayAfter(day)) days.push(day)
  const press = days.filter((day) => day <= pressDay)
  const full = days.filter((day) => day > pressDay && day >= fullFrom)
  const thinned = days.filter((day) => day > pressDay && day < fullFrom)
  const fullCount = full.map((day) => reportsOn(seed, day, working))
  const rest = Math.max(0, reports - pressReports - fullCount.reduce((sum, count) => sum + count, 0))
  const counts = new Map<LocalDay, number>([
    ...share(pressReports, press, (day, at) => (0.72 + (0.5 * at) / press.length) * weightOf(seed, day, working)),
    ...share(rest, thinned, (day) => weightOf(seed, day, working)),
    ...full.map((day, at) => [day, fullCount[at] as number] as const),
  ])
  return days.map((day) => ({
    day,
    reports: counts.get(day) ?? 0,
    storm: stormReports[stormDays.indexOf(day)] ?? 0,
    isThinned: thinned.includes(day),
  }))
}

/** The first day of the stretch at full rate: fifteen working days, today included. */
export function fullRateFrom(last: LocalDay, working: WorkingTime): LocalDay {
  let day = last
  for (let left = fullWorkingDays; ; day = dayAfter(day, -1)) {
    if (isWorkingDay(day, working)) left -= 1
    if (left === 0) return day
  }
}

/** What a day brings at full rate. */
export function reportsOn(seed: string, day: LocalDay, working: WorkingTime): number {
  return Math.round(fullRate * weightOf(seed, day, working))
}

const isWorkingDay = (day: LocalDay, working: WorkingTime): boolean =>
  isOpenAt(new Date(`${day}T09:00:00+07:00`), working)

function weightOf(seed: string, day: LocalDay, working: WorkingTime): number {
  return (isWorkingDay(day, working) ? 1 : 0.42) * new Random(`${seed}/rate/${day}`).between(0.85, 1.15)
}

/** Shares a total out over the days by weight, to the last report. */
function share(
  total: number,
  days: readonly LocalDay[],
  weight: (day: LocalDay, at: number) => number,
): [LocalDay, number][] {
  const weights = days.map(weight)
  const sum = weights.reduce((all, one) => all + one, 0)
  let given = 0
  let seen = 0
  return days.map((day, at) => {
    seen += weights[at] as number
    const count = Math.round((total * seen) / sum) - given
    given += count
    return [day, count]
  })
}

/** Hours of the day in which people report, by weight. */
export const hourWeights: readonly (readonly [number, number])[] = [
  [0, 0.4],
  [1, 0.25],
  [2, 0.2],
  [3, 0.15],
  [4, 0.2],
  [5, 0.8],
  [6, 2.2],
  [7, 4.6],
  [8, 7],
  [9, 7.5],
  [10, 7],
  [11, 5.6],
  [12, 4.2],
  [13, 4.6],
  [14, 5.6],
  [15, 6],
  [16, 6.4],
  [17, 6.2],
  [18, 5.4],
  [19, 5.2],
  [20, 5.4],
  [21, 4.4],
  [22, 2.4],
  [23, 1.1],
]
