import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Figure, KpiFigure } from './board.ts'
import { daysCompared, type Sides, withVerdicts } from './board-verdicts.ts'
import { type KpiId, kpiIds } from './definitions.ts'
import { countFigure, kpiFigure, shareFigure } from './figures.ts'
import { resolvePeriod } from './period.ts'
import { scatterOf } from './scatter.ts'
import { Spread } from './spread.ts'
import { endless } from './tallied-figures.ts'
import { countsIn, openIn, weeksBefore } from './weeks-before.ts'

const days = { toDay: '2026-03-31', today: '2026-06-30' }
const nothing: Figure = { value: null, numerator: 0, denominator: 0, n: 0 }
type Two = readonly [now: Figure, before: Figure]
const boardOf = (known: Partial<Record<KpiId, Two>>, around = days) =>
  Object.fromEntries(
    kpiIds.map((id) => {
      const [now, previous] = known[id] ?? [nothing, nothing]
      return [id, kpiFigure(id, now, { ...around, previous })]
    }),
  ) as Record<KpiId, KpiFigure>
const verdicts = (known: Partial<Record<KpiId, Two>>, sides: Partial<Sides> = {}, around = days) => {
  const kpis = withVerdicts(boardOf(known, around), { durations: {}, counts: {}, ...sides })
  return Object.fromEntries(Object.keys(known).map((id) => [id, kpis[id as KpiId].verdict]))
}
const share = (now: [number, number], before: [number, number]): Two => [shareFigure(...now), shareFigure(...before)]
const calm = Array.from({ length: 12 }, () => 100)

describe('verdicts on a board', () => {
  test('beyond chance for the better or the worse; of a few, none', () => {
    expect(
      verdicts({
        on_time: share([90, 100], [60, 100]),
        reopened: share([30, 100], [5, 100]),
        satisfaction: share([62, 100], [60, 100]),
        handled: share([3, 11], [4, 17]),
      }),
    ).toEqual({ on_time: 'better', reopened: 'worse', satisfaction: 'unclear', handled: null })
  })

  test('what one figure alone could be said of is not said of the luckiest of ten', () => {
    const lucky = share([64, 100], [50, 100])
    const same = share([50, 100], [50, 100])
    expect(verdicts({ on_time: lucky })).toEqual({ on_time: 'better' })
    const names = ['handled', 'on_time_first', 'on_time_closed', 'intake_on_time', 'rating_response'] as const
    const others = Object.fromEntries(names.map((id) => [id, same]))
    expect(verdicts({ on_time: lucky, ...others }).on_time).toBe('unclear')
  })

  test('a count is judged by how it scattered before, and only where that is known', () => {
    const jump: Two = [countFigure(160), countFigure(100)]
    const counted = (weeks: number[] | null): Partial<Sides> => ({
      counts: { received: { days: 7, daysThen: 7, scatter: weeks && scatterOf(weeks, { isLong: false }) } },
    })
    expect(verdicts({ received: jump }, counted(calm))).toEqual({ received: 'differs' })
    expect(verdicts({ received: jump }, counted([40, 190, 60, 170, 100, 90, 150, 30, 110, 80, 140, 70]))).toEqual({
      received: 'unclear',
    })
    expect(verdicts({ received: jump }, counted(null))).toEqual({ received: null })
    expect(verdicts({ received: jump })).toEqual({ received: null })
  })

  test('what is more in all but fewer a day, beyond chance, is neither', () => {
    const counts = { received: { days: 31, daysThen: 28, scatter: scatterOf(calm, { isLong: false }) } }
    const march = (received: number, before: number) =>
      verdicts({ received: [countFigure(received), countFigure(before)] }, { counts })
    expect(march(10_000, 9_800)).toEqual({ received: null })
    expect(march(9_800, 9_800)).toEqual({ received: null })
    expect(march(12_000, 9_800)).toEqual({ received: 'differs' })
    expect(march(9_000, 9_800)).toEqual({ received: 'differs' })
    expect(march(10_850, 9_800)).toEqual({ received: 'unclear' })
  })

  test('more that come early with a longer median are neither better nor worse', () => {
    const times = (...parts: (readonly [minutes: number, count: number])[]) => {
      const spread = new Spread()
      for (const [minutes, count] of parts) spread.add(minutes, count)
      return spread
    }
    // All within 300 minutes, and before more than half of them at once, the others not yet.
    const [now, before] = [times([300, 100]), times([60, 55], [endless, 45])]
    const figures = (value: number, valueThen: number): Two => [
      { value, numerator: 100, denominator: 100, n: 100 },
      { value: valueThen, numerator: 55, denominator: 100, n: 100 },
    ]
    const medians = (shown: Two) => verdicts({ close_median: shown }, { durations: { close_median: { now, before } } })
    expect(medians(figures(300, 60))).toEqual({ close_median: null })
    expect(medians(figures(60, 60))).toEqual({ close_median: null })
    expect(medians(figures(60, 300))).toEqual({ close_median: 'better' })
  })

  test('no change is said to go another way than its test', () => {
    const sides = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }))
    const lengths = fc.tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 31 }))
    fc.assert(
      fc.property(sides, lengths, ([now, before], [length, lengthThen]) => {
        const counts = { backlog: { days: length, daysThen: lengthThen, scatter: scatterOf(calm, { isLong: false }) } }
        const { backlog: verdict } = verdicts({ backlog: [countFigure(now), countFigure(before)] }, { counts })
        const [perDay, perDayThen] = [now * lengthThen, before * length]
        if (verdict === 'better') expect([now < before, perDay < perDayThen]).toEqual([true, true])
        if (verdict === 'worse') expect([now > before, perDay > perDayThen]).toEqual([true, true])
        if (Math.min(now, before) < 20) expect(verdict).toBeNull()
      }),
    )
  })

  test('a duration is judged by its reports, and a percentile beside it is not', () => {
    const spread = (from: number) => {
      const one = new Spread()
      for (let minutes = from; minutes < from + 40; minutes += 1) one.add(minutes, 1)
      return one
    }
    const [now, before] = [spread(1), spread(30)]
    const figures: Two = [
      { value: 20, numerator: 40, denominator: 40, n: 40 },
      { value: 49, numerator: 40, denominator: 40, n: 40 },
    ]
    const sides = { durations: { close_median: { now, before } } }
    expect(verdicts({ close_median: figures, close_p90: figures }, sides)).toEqual({
      close_median: 'better',
      close_p90: null,
    })
  })

  test('reopenings that may still come are not judged', () => {
    const fell = { reopened: share([1, 100], [30, 100]) }
    expect(verdicts(fell, {}, { ...days, today: '2026-04-20' })).toEqual({ reopened: null })
    expect(verdicts(fell)).toEqual({ reopened: 'better' })
  })
})

describe('the weeks before', () => {
  const period = resolvePeriod(
    { period: { from: '2026-03-30', to: '2026-03-30' }, compare: 'weekdays' },
    new Date('2026-03-30T12:00:00+07:00'),
  )

  test('of a day are the same weekdays, of a week whole weeks, of longer up to 26 of them', () => {
    const weeks = weeksBefore(period)
    expect(weeks).toEqual({ from: '2026-01-05', weeks: 12, days: 1, isLong: false })
    expect(weeksBefore({ fromDay: '2026-03-01', toDay: '2026-03-31' })).toEqual({
      ...{ from: '2025-08-31', weeks: 26, days: 7, isLong: true },
    })
    expect(weeksBefore({ fromDay: '2024-09-19', toDay: '2024-09-30' })).toBeNull()
    expect(weeksBefore({ fromDay: '2024-09-20', toDay: '2024-09-30' })?.weeks).toBe(12)
  })

  test('hold what came in, and what was open at their ends', () => {
    const weeks = { from: '1970-01-01', weeks: 12, days: 2, isLong: false }
    const received = new Map([
      [0, 3],
      [1, 4],
      [2, 100],
      [77, 5],
    ])
    expect(countsIn(weeks, received)).toEqual([7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5])
    const changes = new Map([
      [6, 1],
      [7, 2],
      [84, -4],
    ])
    expect(openIn(weeks, 10, changes)).toEqual([12, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14])
  })

  test('a period that is not over is compared by the days that have passed', () => {
    expect(daysCompared(period)).toEqual({ days: 0.5, daysThen: 0.5 })
  })
})
