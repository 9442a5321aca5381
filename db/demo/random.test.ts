import { expect, test } from 'vitest'
import { Random, WeightedTable } from './random.ts'

const draws = (random: Random, count = 20) => Array.from({ length: count }, () => random.float())

test('the same seed gives the same stream, another seed another one', () => {
  expect(draws(new Random('hanoi'))).toEqual(draws(new Random('hanoi')))
  expect(draws(new Random('hanoi'))).not.toEqual(draws(new Random('hanoi2')))
})

test('a sub-stream does not depend on what was drawn before it', () => {
  const fresh = new Random('hanoi')
  const used = new Random('hanoi')
  draws(used, 7)
  expect(draws(used.fork('streets'))).toEqual(draws(fresh.fork('streets')))
  expect(draws(fresh.fork('streets'))).not.toEqual(draws(fresh.fork('people')))
})

test('whole numbers cover their range evenly, both ends included', () => {
  const random = new Random('dice')
  const counts = new Map<number, number>()
  for (let i = 0; i < 60_000; i += 1) {
    const face = random.int(1, 6)
    counts.set(face, (counts.get(face) ?? 0) + 1)
  }
  expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6])
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(400)
})

test('weights are respected, by linear search and by the prepared table', () => {
  const choices = [
    ['a', 1],
    ['b', 3],
    ['never', 0],
  ] as const
  const table = new WeightedTable(choices)
  const random = new Random('weights')
  let walked = 0
  let prepared = 0
  for (let i = 0; i < 20_000; i += 1) {
    const one = random.weighted(choices)
    const other = table.draw(random)
    expect(one).not.toBe('never')
    expect(other).not.toBe('never')
    if (one === 'b') walked += 1
    if (other === 'b') prepared += 1
  }
  expect(walked / 20_000).toBeCloseTo(0.75, 1)
  expect(prepared / 20_000).toBeCloseTo(0.75, 1)
})

test('a sample holds different elements and a shuffle all of them', () => {
  const random = new Random('cards')
  const cards = Array.from({ length: 30 }, (_, i) => i)
  expect(new Set(random.sample(cards, 10)).size).toBe(10)
  expect(random.sample(cards, 99)).toHaveLength(30)
  expect([...random.shuffle(cards)].sort((a, b) => a - b)).toEqual(cards)
})

test('durations have the requested mean and median', () => {
  const random = new Random('time')
  const exponentials = Array.from({ length: 40_000 }, () => random.exponential(10))
  const logNormals = Array.from({ length: 40_001 }, () => random.logNormal(10, 0.8)).sort((a, b) => a - b)
  expect(exponentials.reduce((sum, x) => sum + x, 0) / exponentials.length).toBeCloseTo(10, 0)
  expect(logNormals[20_000]).toBeCloseTo(10, 0)
})
