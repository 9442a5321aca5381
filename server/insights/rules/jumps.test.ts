import { describe, expect, test } from 'vitest'
import { jumpsAmong, type PartCounts } from './jumps.ts'

const weeks = (length = 12) => ({ now: 7, before: Array.from({ length }, () => 7) })
const steady = (now: number, usual: number, length = 12): PartCounts => ({
  now,
  before: Array.from({ length }, () => usual),
})
const one = (part: PartCounts, lengths = weeks()) => jumpsAmong([part], lengths)[0]

describe('what jumps', () => {
  test('the chance of a part that scatters as independent events do is that of one binomial share', () => {
    // Of 4 reports in 13 spans, at least 3 in the last.
    const quiet = { now: 3, before: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] }
    expect(one(quiet)?.chance).toBeCloseTo((4 * 12 + 1) / 13 ** 4, 12)
    // Of spans of another length, by the share of its own in all of them.
    const short = { now: 7, before: [14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14] }
    expect(one(quiet, short)?.chance).toBeCloseTo((4 * 24 + 1) / 25 ** 4, 12)
    expect(one(steady(9, 4), short)?.usual).toBe(2)
  })

  test.for<[string, PartCounts, boolean]>([
    ['a flood in a quiet commune', steady(15, 2), true],
    ['a busy commune twice as busy', steady(80, 40), true],
    ['a little more than usual', steady(50, 40), false],
    ['of thousands, a tenth more', steady(5_500, 5_000), false],
    ['a handful where there are next to none', { now: 7, before: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }, false],
    ['what is like this every few weeks', { now: 80, before: [10, 80, 20, 75, 40, 10, 90, 15, 60, 20, 70, 30] }, false],
    ['fewer than usual', steady(2, 40), false],
  ])('%s', ([, part, isJump]) => {
    expect(one(part)?.isJump).toBe(isJump)
  })

  test('one of many needs to be less likely than one alone', () => {
    const part = steady(24, 12)
    expect(one(part)?.isJump).toBe(true)
    const others = Array.from({ length: 150 }, () => steady(12, 12))
    expect(jumpsAmong([part, ...others], weeks())[0]?.isJump).toBe(false)
  })

  test('before the first report of all there were no spans without one, and of fewer than six nothing jumps', () => {
    const young = { now: 80, before: [40, 40, 40, 40, 40, 40, 0, 0, 0, 0, 0, 0] }
    expect(one(young)).toMatchObject({ usual: 40, isJump: true })
    expect(one({ ...young, before: [40, 40, 40, 40, 40, 0, 0, 0, 0, 0, 0, 0] })?.isJump).toBe(false)
    // Where there were others, a part that is new jumps from nothing.
    expect(jumpsAmong([steady(40, 40), { now: 20, before: weeks().before.map(() => 0) }], weeks())[1]).toMatchObject({
      ...{ usual: 0, isJump: true },
    })
  })
})
