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

const currentWorkingDays = 15
/** Reports of a working day at the steady rate: with the days off, which have fewer, some 35 a day. */
const steadyRate = 43
const steadyDays = 400
const dayOffShare = 0.42
/** The highest rate of the last fifteen working days, however large the city: today's backlog does not grow with it. */
const highestCurrentRate = 300
/** The reports of the fifteen working days of a city too small for the steady days: with the press window 12,000. */
const smallCurrent = 2_600

/**
 * `isThinned`: every report is answered before the first seeding, except a few that are left open. `pieces`: the
 * showpieces it has; the shown agencies have as many on every steady day, so that their figures do not jump.
 */
export type DayPlan = {
  day: LocalDay
  reports: number
  storm: number
  isThinned: boolean
  pieces: 'none' | 'agencies' | 'all'
}

type Span = { reports: number; today: Date; seed: string; working: WorkingTime }

/**
 * The number of reports of each local day, from the launch to `today` inclusive, so that by that hour the city has
 * `reports`. The press window does not depend on that number. After it every day has the same rate, give or take, in a
 * large city; in the usual one the last `steadyDays` have it, and the days before them share what is left. A small one
 * has its reports in the last fifteen working days.
 */
export function planDays(span: Span): DayPlan[] {
  const { reports, today, seed, working } = span
  const last = localDayOf(today)
  const currentFrom = currentDaysFrom(last, working)
  const days = daysBetween(launchDay, last)
  const pressDays = daysBetween(launchDay, pressDay)
  const weight = (day: LocalDay) => weightOf(seed, day, working)
  const press = share(pressReports, pressDays, (day, at) => (0.72 + (0.5 * at) / pressDays.length) * weight(day))
  const rate = rateOf(span)
  const isPress = (day: LocalDay) => day <= pressDay
  const isCurrent = (day: LocalDay) => day >= currentFrom
  const isSteady = (day: LocalDay) => !isPress(day) && day >= rate.steadyFrom
  const totalOf = (some: readonly LocalDay[], perDay: number) => Math.round(perDay * burdenOf(some, working))
  const shared = (some: readonly LocalDay[], total: number) => share(total, some, weight)
  const currentDays = daysBetween(currentFrom, last)
  const current = shared(currentDays, totalOf(currentDays, rate.current))
  const plan = (day: LocalDay, count: number | undefined): DayPlan => ({
    day,
    reports: count ?? 0,
    storm: stormReports[stormDays.indexOf(day)] ?? 0,
    isThinned: !isPress(day) && !isCurrent(day),
    pieces: isPress(day) ? 'none' : isCurrent(day) ? 'all' : isSteady(day) ? 'agencies' : 'none',
  })
  const fixed = days
    .filter((day) => isPress(day) || isCurrent(day))
    .map((day) => plan(day, (isPress(day) ? press : current).get(day)))
  const lived = fixed.reduce((sum, known) => sum + momentsOf(seed, known).filter(({ at }) => at <= today).length, 0)
  const thinnedDays = days.filter((day) => !isPress(day) && !isCurrent(day))
  const [before, steady] = [thinnedDays.filter((day) => !isSteady(day)), thinnedDays.filter(isSteady)]
  const left = Math.max(0, reports - lived)
  const steadyTotal = before.length > 0 ? Math.min(left, totalOf(steady, steadyRate)) : left
  const thinned = new Map([...shared(before, left - steadyTotal), ...shared(steady, steadyTotal)])
  const all = [...fixed, ...thinnedDays.map((day) => plan(day, thinned.get(day)))]
  return all.sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** A day after the first seeding: at the same rate. */
export function planLaterDay(span: Span, day: LocalDay): DayPlan {
  const { seed, working } = span
  const reports = Math.round(rateOf(span).current * weightOf(seed, day, working))
  return { day, reports, storm: 0, isThinned: false, pieces: 'all' }
}

type Rate = {
  /** Reports of each of the last fifteen working days. */
  current: number
  /** The first day at the steady rate; after `today` in a small city. */
  steadyFrom: LocalDay
}

function rateOf({ reports, today, working }: Span): Rate {
  const last = localDayOf(today)
  const rest = Math.max(0, reports - pressReports)
  const since = dayAfter(pressDay)
  const steadyFrom = laterOf(since, dayAfter(last, 1 - steadyDays))
  if (rest < steadyRate * burdenOf(daysBetween(steadyFrom, last), working)) {
    const current = daysBetween(currentDaysFrom(last, working), last)
    return { current: smallCurrent / burdenOf(current, working), steadyFrom: dayAfter(last) }
  }
  const even = rest / burdenOf(daysBetween(since, last), working)
  if (even < steadyRate) return { current: steadyRate, steadyFrom }
  return { current: Math.min(even, highestCurrentRate), steadyFrom: since }
}

const laterOf = (a: LocalDay, b: LocalDay): LocalDay => (a > b ? a : b)

/** The load of these days, in working days. */
const burdenOf = (days: readonly LocalDay[], working: WorkingTime): number =>
  days.reduce((sum, day) => sum + (isWorkingDay(day, working) ? 1 : dayOffShare), 0)

/** The first of the last fifteen working days, today included, of which reports are still open. */
export function currentDaysFrom(last: LocalDay, working: WorkingTime): LocalDay {
  let day = last
  for (let left = currentWorkingDays; ; day = dayAfter(day, -1)) {
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
