import { expect, test } from 'vitest'
import { compareMixes, isCompared, isNamed } from '#server/insights/rules/case-mix.ts'
import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { drawCity } from './checks/drawn-city.ts'
import { cellsOf, promisesOf } from './checks/promises.ts'
import { paces } from './paces.ts'

test('the one slow and the one good agency are found on the board, and no other', { timeout: 300_000 }, async () => {
  const drawn = await drawCity({ today: '2026-11-29T18:30', reports: 24_000 })
  const to = startOfDay(localDayOf(drawn.world.today))
  // The half year: in a quarter too few of its promises are compared to name the good one.
  const [from, yearBefore] = [182, 547].map((days) => startOfDay(dayAfter(localDayOf(to), -days))) as [Date, Date]
  // What falls due within a year was received at most two months before.
  const promised = promisesOf(drawn, startOfDay(dayAfter(localDayOf(yearBefore), -60)))
  const { agencies } = compareMixes(cellsOf(promised, { from, to }), cellsOf(promised, { from: yearBefore, to: from }))
  const named = agencies.filter(isNamed).map(({ agency, standing }) => [agency, standing])
  expect(Object.fromEntries(named)).toEqual({ [paces.slow]: 'worse', [paces.good]: 'better' })
  expect(agencies.filter(isCompared).length).toBeGreaterThanOrEqual(20)
})
