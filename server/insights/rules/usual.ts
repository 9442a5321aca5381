import { dayAfter, type LocalDay } from '#server/platform/rules/local-day.ts'
import { logGamma } from './distributions.ts'
import { dayOfStep, launchDay, stepOf } from './period.ts'
import type { ByDay } from './weeks-before.ts'

/** What such a day usually brings: its median, and the range in which eight of ten such days lie. */
export type Usual = { low: number; median: number; high: number }

/** The same of several days together, and what came in on them. */
export type UsualTotal = { low: number; high: number; days: number; received: number }

/** The same weekday of so many weeks before tells what is usual; fewer than the least tell nothing. */
const weeks = 26
const leastWeeks = 12
const shares = { low: 0.1, median: 0.5, high: 0.9 }
/** Counts that scatter no more than chance: nearly a Poisson distribution. */
const largestSize = 1e5

/** The first day that is read for what is usual from this day on; null: the city had not begun. */
export function usualFrom(day: LocalDay): LocalDay | null {
  const lived = stepOf(day, 'day') - stepOf(launchDay, 'day')
  return lived > 0 ? dayAfter(day, -Math.min(lived, 7 * weeks)) : null
}

/** The first day on which anything came in; null: nothing did. What was not there yet did not have zero reports. */
export function firstDayOf(counts: ByDay): LocalDay | null {
  let first: number | null = null
  for (const [day, count] of counts) if (count > 0 && (first === null || day < first)) first = day
  return first === null ? null : dayOfStep(first)
}

type IsWorked = (day: LocalDay) => boolean

/** The longest holiday, with its weekends. */
const longestClosed = 10
/** A weekday is usually worked if it is in most weeks around it: neither holidays nor make-up days tell that. */
const around = [-14, -7, 7, 14]

/** Whether offices are closed that are usually open: on that day, or on one that no worked day separates from it. */
export function isHoliday(day: LocalDay, isWorked: IsWorked): boolean {
  const isUsuallyWorked = (each: LocalDay) => around.filter((far) => isWorked(dayAfter(each, far))).length >= 3
  const isFound = (way: 1 | -1) => {
    for (let far = 0; far < longestClosed; far += 1) {
      const each = dayAfter(day, way * far)
      if (isWorked(each)) return false
      if (isUsuallyWorked(each)) return true
    }
    return false
  }
  return isFound(1) || isFound(-1)
}

/** How many came in on each day, the first on which any did, and on which days offices are open. */
type Known = { counts: ByDay; first: LocalDay; isWorked: IsWorked }

/**
 * What is usual on a day, by the same weekday of the weeks before. A holiday is compared with holidays alone, and no
 * other day with them: of these there are too few in half a year.
 */
export const usualOn = (day: LocalDay, known: Known): Usual | null =>
  usualOf(alikeTo(day, day, known).map(({ count }) => count))

/** The days like this one in the weeks before another of the same weekday, and how many came in on each. */
function alikeTo(
  day: LocalDay,
  until: LocalDay,
  { counts, first, isWorked }: Known,
): { week: number; count: number }[] {
  const [isOpen, isApart] = [isWorked(day), isHoliday(day, isWorked)]
  return Array.from({ length: weeks }, (_, week) => ({ week, each: dayAfter(until, -7 * (week + 1)) }))
    .filter(({ each }) => each >= first && isWorked(each) === isOpen && isHoliday(each, isWorked) === isApart)
    .map(({ week, each }) => ({ week, count: counts.get(stepOf(each, 'day')) ?? 0 }))
}

/**
 * What is usual on several days in a row together, by the weeks before the first of them: their means are added, and so
 * is by how much each scatters and how uncertain its mean is. All of that is increased by how much more whole weeks
 * scatter than their days would alone: rain and campaigns last for days. Holidays are left out, as they are of charts.
 */
export function usualOver(days: readonly LocalDay[], known: Known): UsualTotal | null {
  const [begin] = days
  if (!begin) return null
  const told = days.flatMap((day, place) => {
    const alike = alikeTo(day, dayAfter(begin, place % 7), known)
    return alike.length < leastWeeks ? [] : [{ day, place, alike, ...momentsOf(alike.map(({ count }) => count)) }]
  })
  const [one] = told
  if (!one) return null
  const received = sumOf(told.map(({ day }) => known.counts.get(stepOf(day, 'day')) ?? 0))
  const usual = told.length === 1 ? usualOf(one.alike.map(({ count }) => count)) : usualOfAll(told)
  return usual && { low: usual.low, high: usual.high, days: told.length, received }
}

type Told = Moments & { place: number; alike: readonly { week: number; count: number }[] }

function usualOfAll(told: readonly Told[]): Usual {
  const scatter = ({ mean, variance }: Moments) => Math.max(mean, variance)
  const weekdays = [...Map.groupBy(told, ({ place }) => place % 7).values()]
  // The days of one weekday have one mean, and its error in common.
  const errors = weekdays.map((same) => (same.length ** 2 * scatter(same[0] as Told)) / (same[0] as Told).alike.length)
  const together = 1 + ((weekScatter(weekdays.map(([day]) => day as Told)) - 1) * (weekdays.length - 1)) / 6
  const variance = together * (sumOf(told.map(scatter)) + sumOf(errors))
  return quantilesOf(sumOf(told.map(({ mean }) => mean)), variance)
}

/** By how much more whole weeks scatter than their days would if they were independent; never less than 1. */
function weekScatter(weekdays: readonly Told[]): number {
  const ratios = Array.from({ length: weeks }, (_, week) => {
    const days = weekdays.flatMap(({ mean, variance, alike }) =>
      alike.filter((each) => each.week === week).map(({ count }) => ({ off: count - mean, variance })),
    )
    const scattered = sumOf(days.map(({ variance }) => variance))
    return scattered === 0 ? null : sumOf(days.map(({ off }) => off)) ** 2 / scattered
  }).filter((ratio) => ratio !== null)
  return ratios.length < leastWeeks ? 1 : Math.max(1, sumOf(ratios) / (ratios.length - 1))
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

type Moments = { mean: number; variance: number }

function momentsOf(counts: readonly number[]): Moments {
  const mean = sumOf(counts) / counts.length
  return { mean, variance: sumOf(counts.map((count) => (count - mean) ** 2)) / (counts.length - 1) }
}

/** The quantiles of a negative binomial distribution with the mean and the variance of these counts. */
export function usualOf(counts: readonly number[]): Usual | null {
  if (counts.length < leastWeeks) return null
  const { mean, variance } = momentsOf(counts)
  return quantilesOf(mean, variance)
}

function quantilesOf(mean: number, variance: number): Usual {
  if (mean === 0) return { low: 0, median: 0, high: 0 }
  const size = variance > mean ? Math.min(largestSize, mean ** 2 / (variance - mean)) : largestSize
  const found: Usual = { low: -1, median: -1, high: -1 }
  // Below that there is next to nothing.
  let count = Math.max(0, Math.floor(mean - 6 * Math.sqrt(mean + mean ** 2 / size)))
  let mass = Math.exp(logMass(count, mean, size))
  for (let upTo = mass; ; count += 1) {
    for (const name of ['low', 'median', 'high'] as const)
      if (found[name] < 0 && upTo >= shares[name]) found[name] = count
    if (found.high >= 0) return found
    mass *= ((count + size) / (count + 1)) * (mean / (mean + size))
    upTo += mass
  }
}

const logMass = (count: number, mean: number, size: number): number =>
  logGamma(count + size) -
  logGamma(size) -
  logGamma(count + 1) -
  size * Math.log1p(mean / size) -
  count * Math.log1p(size / mean)
