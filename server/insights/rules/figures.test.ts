import { expect, test } from 'vitest'
import type { Matured } from './board.ts'
import { kpiFigure, shareFigure } from './figures.ts'

const days = { toDay: '2026-03-08', today: '2026-03-20' }
const gapOf = (matured: Matured | null) =>
  kpiFigure('handled', shareFigure(30, 100), { previous: null, matured, ...days }, { value: 0.8, band: null }).gap

test.for([
  ['all of it where nothing is left to mature', null, 0.3 - 0.8],
  ['what has matured', { handled: 15, of: 20, notYet: 80 }, 0.75 - 0.8],
  ['nothing where fewer than twenty have', { handled: 10, of: 19, notYet: 81 }, null],
] as const)('a target is compared with %s', ([, matured, gap]) => {
  expect(gapOf(matured)).toBe(gap)
})
