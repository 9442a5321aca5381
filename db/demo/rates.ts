import { isOpenAt, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import { dayAfter, instantAt, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { Random, WeightedTable } from './random.ts'

/** The window of the published figures (docs/domain.md): launch of iHanoi to the day of their publication. */
export const launchDay: LocalDay = '2024-06-28'
export const pressDay: LocalDay = '2024-10-02'
/** Spam, tests and merged reports are not counted: the counted ones stay above 9,000. */
export const pressReports = 9_380
export const stormDays: readonly LocalDay[] = [
  '2024-09-06',
  '2024-09-07',
  '2024-09-08',
  '2024-09-09',
  '2024-09-10',
  '2024-09-11',
]
/** The storm reports of each of these days: 110 in total. */
const stormReports = [4, 31, 34, 22, 12, 7]
/** The hour on the first day at which storm reports begin. */
const stormBegins = 8

const fullWorkingDays = 15
/** Reports of a working day at full rate, as in the published figures; a day off has fewer. */
const fullRate = 300
const dayOffShare = 0.42
/** Minimum number of reports of the fifteen days: with the press window it fits into 12,000. */
const leastFull = 2_600
/**
 * The maximum share of the reports outside the press window that falls on the fifteen days: a small city has fewer
 * there, so that there is no gap before them.
 */
const mostOfTheRest = 0.6

export type DayPlan = { day: LocalDay; reports: number; storm: number; isThinned: boolean }

type Span = { reports: number; today: Date; seed: string; working: WorkingTime }

/**
 * The number of reports of each local day, from the launch to `today` inclusive, so that by that hour the city has
 * `reports`. The press window does not depend on that number; neither do the last fifteen working days, unless the city
 * is too small for their full rate. The thinned days have the rest.
 */
export function planDays(span: Span): DayPlan[] {
  const { reports, today, seed, working } = span
  const last = localDayOf(today)
  const fullFrom = fullRateFrom(last, working)
  const days = daysBetween(launchDay, last)
  const pressDays = daysBetween(launchDay, pressDay)
  const weight = (day: LocalDay) => weightOf(seed, day, working)
  const press = share(pressReports, pressDays, (day, at) => (0.72 + (0.5 * at) / pressDays.length) * weight(day))
  const full = share(fullReportsOf(span), daysBetween(fullFrom, last), weight)
  const plan = (day: LocalDay, count: number | undefined, isThinned: boolean): DayPlan => ({
    day,
    reports: count ?? 0,
    storm: stormReports[stormDays.indexOf(day)] ?? 0,
    isThinned,
  })
  const fixed = days
    .filter((day) => day <= pressDay || day >= fullFrom)
    .map((day) => plan(day, (day <= pressDay ? press : full).get(day), false))
  const lived = fixed.reduce((sum, known) => sum + momentsOf(seed, known).filter(({ at }) => at <= today).length, 0)
  const thinnedDays = days.filter((day) => day > pressDay && day < fullFrom)
  const thinned = share(Math.max(0, reports - lived), thinnedDays, weight)
  const all = [...fixed, ...thinnedDays.map((day) => plan(day, thinned.get(day), true))]
  return all.sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** A day after the first seeding: at the same full rate. */
export function planLaterDay(span: Span, day: LocalDay): DayPlan {
  const { today, seed, working } = span
  const last = localDayOf(today)
  const rate = fullReportsOf(span) / burdenOf(daysBetween(fullRateFrom(last, working), last), working)
  return { day, reports: Math.round(rate * weightOf(seed, day, working)), storm: 0, isThinned: false }
}

/** Reports of the last fifteen working days with the days off between them. */
function fullReportsOf({ reports, today, working }: Span): number {
  const last = localDayOf(today)
  const wanted = fullRate * burdenOf(daysBetween(fullRateFrom(last, working), last), working)
  const most = Math.max(leastFull, mostOfTheRest * (reports - pressReports))
  return Math.round(Math.min(wanted, most))
}

/** The load of these days, in working days. */
const burdenOf = (days: readonly LocalDay[], working: WorkingTime): number =>
  days.reduce((sum, day) => sum + (isWorkingDay(day, working) ? 1 : dayOffShare), 0)

/** The first day of the stretch at full rate: fifteen working days, today included. */
export function fullRateFrom(last: LocalDay, working: WorkingTime): LocalDay {
  let day = last
  for (let left = fullWorkingDays; ; day = dayAfter(day, -1)) {
    if (isWorkingDay(day, working)) left -= 1
    if (left === 0) return day
  }
}

export const isWorkingDay = (day: LocalDay, working: WorkingTime): boolean => isOpenAt(instantAt(day, '09:00'), working)

/** When each report of the day is received, in order; storm reports are marked. */
export function momentsOf(seed: string, { day, reports, storm }: DayPlan): { at: Date; isStorm: boolean }[] {
  const random = new Random(`${seed}/day/${day}/hours`)
  const start = startOfDay(day).getTime()
  const first = day === stormDays[0] ? stormBegins : 0
  const moments = Array.from({ length: reports }, (_, number) => {
    const isStorm = number < storm
    const hour = isStorm ? Math.max(first, hours.draw(random)) : hours.draw(random)
    return { at: new Date(start + hour * 3_600_000 + random.int(0, 3_599) * 1000), isStorm }
  })
  return moments.sort((a, b) => a.at.getTime() - b.at.getTime())
}

function daysBetween(first: LocalDay, last: LocalDay): LocalDay[] {
  const days: LocalDay[] = []
  for (let day = first; day <= last; day = dayAfter(day)) days.push(day)
  return days
}

function weightOf(seed: string, day: LocalDay, working: WorkingTime): number {
  return (isWorkingDay(day, working) ? 1 : dayOffShare) * new Random(`${seed}/rate/${day}`).between(0.85, 1.15)
}

/** Distributes a total exactly over the days by weight. */
function share(
  total: number,
  days: readonly LocalDay[],
  weight: (day: LocalDay, at: number) => number,
): Map<LocalDay, number> {
  const weights = days.map(weight)
  const sum = weights.reduce((all, one) => all + one, 0)
  let given = 0
  let seen = 0
  return new Map(
    days.map((day, at) => {
      seen += weights[at] as number
      const count = Math.round((total * seen) / sum) - given
      given += count
      return [day, count]
    }),
  )
}

/** Hours of the day in which people report, by weight. */
const hours = new WeightedTable<number>([
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
])
