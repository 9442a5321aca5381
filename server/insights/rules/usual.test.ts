import { describe, expect, test } from 'vitest'
import { dayAfter, type LocalDay } from '#server/platform/rules/local-day.ts'
import { stepOf } from './period.ts'
import { firstDayOf, isHoliday, usualFrom, usualOf, usualOn, usualOver } from './usual.ts'
import { seeded } from './what-if/chance.ts'

const times = (count: number, value: number) => Array.from({ length: count }, () => value)

describe('the usual range of counts', () => {
  test.for([
    // Scattered less than chance: Poisson. P(X ≤ 1) = 0.09, P(X ≤ 2) = 0.24; P(X ≤ 6) = 0.89, P(X ≤ 7) = 0.95.
    [times(12, 4), { low: 2, median: 4, high: 7 }],
    // Mean 4 and variance 20 are geometric: P(X ≤ k) = 1 − 0.8^(k + 1).
    [[16, 0, 0, 0, 0, 6, 6, 5, 3, 5, 3, 4], { low: 0, median: 3, high: 10 }],
    // √1300 = 36.06, times 1.2816 on either side.
    [times(26, 1300), { low: 1254, median: 1300, high: 1347 }],
    [times(26, 0), { low: 0, median: 0, high: 0 }],
    [times(11, 4), null],
  ] as const)('%j', ([counts, usual]) => {
    expect(usualOf(counts)).toEqual(usual)
  })

  test.for([
    [16, 1e6],
    [40, 20],
    [40, 4],
    [300, 30],
  ] as const)('holds eight of ten days with the mean %d and the size %d', ([mean, size]) => {
    const random = seeded(mean + size)
    const [trials, weeks] = [1500, 26]
    let within = 0
    for (let trial = 0; trial < trials; trial += 1) {
      const usual = usualOf(Array.from({ length: weeks }, () => negativeBinomial(random, mean, size)))
      const next = negativeBinomial(random, mean, size)
      if (usual && usual.low <= next && next <= usual.high) within += 1
    }
    expect(within / trials).toBeGreaterThan(0.76)
    expect(within / trials).toBeLessThan(0.86)
  })
})

describe('what is usual on a day', () => {
  const day: LocalDay = '2026-03-04'
  const wednesdays = Array.from({ length: 26 }, (_, week) => dayAfter(day, -7 * (week + 1)))
  const holidays = wednesdays.slice(0, 2)
  const counts = new Map(wednesdays.map((each) => [stepOf(each, 'day'), holidays.includes(each) ? 0 : 40]))
  const known = { counts, first: wednesdays.at(-1) as LocalDay, isWorked: (each: LocalDay) => !holidays.includes(each) }

  test('is what came in on the same weekday, and holidays are no such days', () => {
    expect(usualOn(day, known)).toEqual(usualOf(times(24, 40)))
    expect(usualOn(dayAfter(day), known)?.median).toBe(0)
  })

  test('is not known of a holiday, nor where fewer than twelve weeks tell', () => {
    expect(usualOn(day, { ...known, isWorked: (each) => each !== day && known.isWorked(each) })).toBeNull()
    expect(usualOn(day, { ...known, first: wednesdays[13] as LocalDay })).not.toBeNull()
    expect(usualOn(day, { ...known, first: wednesdays[12] as LocalDay })).toBeNull()
  })

  test('takes half a year, or as long as there is the city', () => {
    expect(usualFrom(day)).toBe('2025-09-03')
    expect(usualFrom('2024-10-01')).toBe('2024-06-28')
    expect(usualFrom('2024-06-28')).toBeNull()
  })
})

describe('what is usual on several days together', () => {
  const from: LocalDay = '2026-03-02'
  const daysOf = (count: number) => Array.from({ length: count }, (_, at) => dayAfter(from, at))
  const cityOf = (countOn: (day: LocalDay, week: number) => number, length: number) => ({
    counts: new Map(
      Array.from({ length: 26 * 7 + length }, (_, at) => {
        const day = dayAfter(from, at - 26 * 7)
        return [stepOf(day, 'day'), countOn(day, Math.floor(at / 7))] as const
      }),
    ),
    first: dayAfter(from, -26 * 7),
    isWorked: () => true,
  })

  test.for([
    ['days that scatter for themselves', 7, 0],
    ['a month of such days', 30, 0],
    ['days that scatter with their weeks', 7, 0.2],
    ['a month of such weeks', 30, 0.2],
  ] as const)('holds eight of ten of %s', ([, length, ofWeeks]) => {
    const random = seeded(length + 100 * ofWeeks)
    const trials = 120
    let within = 0
    for (let trial = 0; trial < trials; trial += 1) {
      const rates = Array.from({ length: 40 }, () => 1 + ofWeeks * (random() + random() + random() - 1.5) * 2)
      const known = cityOf((_, week) => negativeBinomial(random, 40 * (rates[week] ?? 1), 20), length)
      const usual = usualOver(daysOf(length), known)
      if (usual && usual.low <= usual.received && usual.received <= usual.high) within += 1
    }
    expect(within / trials).toBeGreaterThan(0.72)
    expect(within / trials).toBeLessThan(0.9)
  })

  test('of one day is what is usual on it, and what the period itself brought is no measure of it', () => {
    const quiet = cityOf(() => 40, 14)
    expect(usualOver(daysOf(1), quiet)).toEqual({ ...rangeOf(usualOf(times(26, 40))), days: 1, received: 40 })
    const wet = cityOf((day) => (day >= from ? 90 : 40), 14)
    expect(usualOver(daysOf(14), wet)).toEqual({
      ...rangeOf(usualOver(daysOf(14), quiet)),
      days: 14,
      received: 14 * 90,
    })
  })

  test('leaves out holidays, and is not known where fewer than twelve weeks tell', () => {
    const quiet = cityOf(() => 40, 7)
    const holiday = dayAfter(from, 2)
    const known = { ...quiet, isWorked: (day: LocalDay) => day !== holiday }
    expect(usualOver(daysOf(7), known)).toMatchObject({ days: 6, received: 6 * 40 })
    expect(usualOver(daysOf(7), { ...quiet, first: dayAfter(from, -70) })).toBeNull()
    expect(usualOver([], quiet)).toBeNull()
  })
})

const rangeOf = (usual: { low: number; high: number } | null) => ({ low: usual?.low, high: usual?.high })

describe('holidays', () => {
  // Friday and Monday around New Year 2027, Wednesday, and Saturday 16 January worked instead.
  const closed: readonly LocalDay[] = ['2027-01-01', '2027-01-04', '2027-01-13']
  const isWorked = (day: LocalDay) =>
    day === '2027-01-16' || (![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && !closed.includes(day))

  test.for([
    ['2027-01-01', true],
    ['2027-01-02', true],
    ['2027-01-03', true],
    ['2027-01-04', true],
    ['2027-01-13', true],
    // Worked, a plain weekend, and the Saturdays around one that was worked.
    ['2026-12-31', false],
    ['2027-01-05', false],
    ['2026-12-26', false],
    ['2027-01-09', false],
    ['2027-01-10', false],
    ['2027-01-16', false],
    ['2027-01-17', false],
    ['2027-01-23', false],
  ] as const)('%s: %s', ([day, found]) => {
    expect(isHoliday(day, isWorked)).toBe(found)
  })

  test('are a whole week at the lunar New Year, and none where no day is worked', () => {
    // From Saturday to the Sunday of the week after.
    const isClosed = (day: LocalDay) => day >= '2026-02-14' && day <= '2026-02-22'
    const days = Array.from({ length: 9 }, (_, at) => dayAfter('2026-02-14', at))
    expect(days.map((day) => isHoliday(day, (each) => isWorked(each) && !isClosed(each)))).toEqual(days.map(() => true))
    expect(isHoliday('2026-02-14', () => false)).toBe(false)
  })

  test('on a weekend are not what is usual on it', () => {
    const saturday: LocalDay = '2027-02-27'
    const saturdays = Array.from({ length: 26 }, (_, week) => dayAfter(saturday, -7 * (week + 1)))
    const counts = new Map(saturdays.map((each) => [stepOf(each, 'day'), each === '2027-01-02' ? 900 : 40]))
    expect(usualOn(saturday, { counts, first: saturdays.at(-1) as LocalDay, isWorked })).toEqual(usualOf(times(24, 40)))
  })
})

test('the first day is that of the first report, and days before it count as nothing known', () => {
  const counts = new Map([
    [stepOf('2026-03-04', 'day'), 2],
    [stepOf('2026-03-02', 'day'), 0],
    [stepOf('2026-03-03', 'day'), 1],
  ])
  expect(firstDayOf(counts)).toBe('2026-03-03')
  expect([firstDayOf(new Map()), firstDayOf(new Map([[stepOf('2026-03-02', 'day'), 0]]))]).toEqual([null, null])
})

/** A Poisson count whose rate is drawn from a gamma distribution of whole size; a very large size has one rate. */
function negativeBinomial(random: () => number, mean: number, size: number): number {
  let rate = mean
  if (size < 1e6) {
    rate = 0
    for (let one = 0; one < size; one += 1) rate -= (Math.log(1 - random()) * mean) / size
  }
  // As many events of rate one as there are in this time.
  let count = -1
  for (let time = 0; time < rate; count += 1) time -= Math.log(1 - random())
  return Math.max(0, count)
}
