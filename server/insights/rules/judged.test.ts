import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import { messagesOf } from '#messages/catalog.ts'
import type { Figure, KpiFigure } from './board.ts'
import { definitions } from './definitions.ts'
import { countFigure, durationFigure, kpiFigure, shareFigure } from './figures.ts'
import { aimValues, isPartlyYoung, judgedOn } from './judged.ts'
import { type TargetKpi, targetKpis } from './target.ts'
import type { Say } from './weekly-words.ts'

const around = { previous: null, toDay: '2026-03-08', today: '2026-05-01' }

/** A figure above and one below its target, and how each is said. */
type Sides = Record<'over' | 'under', Figure> & { target: number }
const sidesOf = (id: TargetKpi): Sides => {
  const { unit } = definitions[id]
  if (unit === 'share') return { target: 0.5, over: shareFigure(60, 100), under: shareFigure(40, 100) }
  if (unit === 'count') return { target: 50, over: countFigure(60), under: countFigure(40) }
  return { target: 50, over: durationFigure(60, 90, 100), under: durationFigure(40, 90, 100) }
}
const words = {
  share: {
    vi: ['cao hơn mục tiêu X', 'thấp hơn mục tiêu X'],
    en: ['X above the target', 'X below the target'],
  },
  count: {
    vi: ['nhiều hơn mục tiêu X', 'ít hơn mục tiêu X'],
    en: ['X more than the target', 'X fewer than the target'],
  },
  working_minutes: {
    vi: ['chậm hơn mục tiêu X', 'nhanh hơn mục tiêu X'],
    en: ['X slower than the target', 'X faster than the target'],
  },
  calendar_minutes: {
    vi: ['chậm hơn mục tiêu X', 'nhanh hơn mục tiêu X'],
    en: ['X slower than the target', 'X faster than the target'],
  },
} as const
/** More of these is worse. */
const lowerIsBetter = ['first_answer_median', 'first_answer_p90', 'close_median', 'close_p90', 'backlog', 'reopened']

function said(kpi: Pick<KpiFigure, 'unit' | 'judged'>, locale: 'vi' | 'en'): string {
  const say = createTranslator({ locale, messages: messagesOf(locale) }) as unknown as Say
  const values = aimValues(kpi, () => 'X')
  return values ? say('board.aim', values) : ''
}

describe.for(targetKpis)('%s', (id) => {
  const { target, over, under } = sidesOf(id)
  const { unit } = definitions[id]
  const held = (figure: Figure, band: number | null = null) => kpiFigure(id, figure, around, { value: target, band })
  const isOverGood = !lowerIsBetter.includes(id)

  test.for([
    ['over', over, 0],
    ['under', under, 1],
  ] as const)('%s its target has the words, the standing and the denominator of one value', ([side, figure, place]) => {
    const kpi = held(figure)
    const isGood = (side === 'over') === isOverGood
    const distance = (figure.value ?? 0) - target
    const standing = isGood ? 'reached' : 'missed'
    expect(kpi.judged).toEqual({ target, band: null, compared: { ...figure, distance, standing } })
    expect([said(kpi, 'vi'), said(kpi, 'en')]).toEqual([words[unit].vi[place], words[unit].en[place]])
    // Within the band the worse side is near, the better one is still reached.
    const near = held(figure, Math.abs(distance))
    expect(near.judged?.compared?.standing).toBe(isGood ? 'reached' : 'near')
    expect(said(near, 'vi')).toBe(`${isGood ? '' : 'gần đạt, '}${words[unit].vi[place]}`)
    expect(said(near, 'en')).toBe(`${isGood ? '' : 'near, '}${words[unit].en[place]}`)
  })

  test('on its target is reached, and said to be on it', () => {
    const on = held({ ...over, value: target })
    expect(on.judged?.compared).toMatchObject({ distance: 0, standing: 'reached' })
    expect([said(on, 'vi'), said(on, 'en')]).toEqual(['đúng bằng mục tiêu', 'exactly on target'])
  })

  test('without a value or a target has neither distance nor standing', () => {
    expect(held({ ...over, value: null }).judged?.compared).toBeNull()
    expect(kpiFigure(id, over, around, { value: null, band: null }).judged).toBeNull()
  })
})

test('of a cohort that is not all due the target, its words and its standing are of the matured alone', () => {
  // 72.5 % of all beside 94 % of those due: above a target of 80 %, over the 200 that were due.
  const matured = { handled: 188, of: 200, notYet: 100 }
  const kpi = kpiFigure('handled', shareFigure(217, 300), { ...around, matured }, { value: 0.8, band: 0.02 })
  expect(isPartlyYoung(kpi)).toBe(true)
  expect(kpi.judged?.compared).toMatchObject({ value: 0.94, numerator: 188, denominator: 200, n: 200 })
  expect(kpi.judged?.compared?.standing).toBe('reached')
  const distances: number[][] = []
  aimValues(kpi, (distance, _, n) => String(distances.push([distance, n])))
  expect(distances).toEqual([[0.94 - 0.8, 200]])
  expect(isPartlyYoung({ matured: { handled: 188, of: 200, notYet: 0 } })).toBe(false)
})

test('a share of whole numbers that is the target is on it, whatever the machine makes of it', () => {
  for (let whole = 20; whole <= 200; whole++) {
    for (let percent = 1; percent <= 100; percent++) {
      if ((whole * percent) % 100 !== 0) continue
      const figure = shareFigure((whole * percent) / 100, whole)
      const kpi = { ...figure, unit: 'share', good: 'up', matured: null } as const
      const { compared } = judgedOn(kpi, { target: percent / 100, band: null })
      expect([whole, percent, compared?.standing]).toEqual([whole, percent, 'reached'])
    }
  }
})
