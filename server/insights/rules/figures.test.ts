import { expect, test } from 'vitest'
import type { Matured } from './board.ts'
import { durationFigure, kpiFigure, shareFigure } from './figures.ts'

const days = { toDay: '2026-03-08', today: '2026-03-20' }
const gapOf = (matured: Matured | null) =>
  kpiFigure('handled', shareFigure(30, 100), { previous: null, matured, ...days }, { value: 0.8, band: null }).judged
    ?.compared?.distance ?? null

test.for([
  [19, null],
  [20, 0.75 - 0.9],
] as const)('a target is held against the share of %d only where these are twenty or more', ([whole, gap]) => {
  const figure = shareFigure(whole * 0.75, whole)
  const { judged } = kpiFigure('on_time', figure, { previous: null, ...days }, { value: 0.9, band: null })
  expect(judged?.compared?.distance ?? null).toBe(gap)
})

test('a target of a count or a duration needs no twenty', () => {
  const target = { value: 60, band: null }
  const { judged } = kpiFigure('close_median', durationFigure(90, 3, 3), { previous: null, ...days }, target)
  expect(judged?.compared?.distance).toBe(30)
})

test.for([
  ['all of it where nothing is left to mature', null, 0.3 - 0.8],
  ['what has matured', { handled: 15, of: 20, notYet: 80 }, 0.75 - 0.8],
  ['nothing where fewer than twenty have', { handled: 10, of: 19, notYet: 81 }, null],
] as const)('a target is compared with %s', ([, matured, gap]) => {
  expect(gapOf(matured)).toBe(gap)
})
