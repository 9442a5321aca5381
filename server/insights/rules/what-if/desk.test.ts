import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from './chance.ts'
import { finishesOf } from './desk.ts'

const work = (items: readonly (readonly [arrival: number, due: number, length: number])[]) => ({
  arrivals: Float64Array.from(items, ([arrival]) => arrival),
  due: Float64Array.from(items, ([, due]) => due),
  lengths: Float64Array.from(items, ([, , length]) => length),
})

describe('a desk', () => {
  test.each([
    [
      'takes what is due first, and finishes what it has begun',
      1,
      [
        [0, 90, 5],
        [1, 80, 5],
        [2, 70, 5],
      ],
      [5, 15, 10],
    ],
    [
      'takes the first to come of what is due together',
      1,
      [
        [0, 9, 4],
        [1, 9, 4],
        [2, 9, 4],
      ],
      [4, 8, 12],
    ],
    [
      'shares the work',
      2,
      [
        [0, 9, 10],
        [0, 9, 3],
        [1, 9, 2],
      ],
      [10, 3, 5],
    ],
    [
      'waits for work',
      1,
      [
        [0, 9, 1],
        [50, 99, 2],
      ],
      [1, 52],
    ],
  ] as const)('%s', (_, people, items, finishes) => {
    expect([...finishesOf(work(items), people)]).toEqual(finishes)
  })

  /** The chance to wait, and the mean wait in mean work times, of Poisson arrivals and exponential work. */
  function erlangC(people: number, busy: number) {
    const load = people * busy
    let term = 1
    let sum = 1
    for (let k = 1; k < people; k++) {
      term *= load / k
      sum += term
    }
    const all = (term * load) / people / (1 - busy)
    const waits = all / (sum + all)
    return { waits, mean: waits / (people * (1 - busy)) }
  }

  test.each([
    [1, 0.7],
    [3, 0.8],
    [8, 0.9],
  ])('of %i people, busy for %d of their time, agrees with Erlang C', (people, busy) => {
    const random = seeded(people)
    const exponential = (mean: number) => -mean * Math.log(1 - random())
    let at = 0
    // Limits of equal length: what is due first came first.
    const items = Array.from({ length: 400_000 }, () => {
      at += exponential(1 / (people * busy))
      return [at, at + 10, exponential(1)] as const
    })
    const waits = finishesOf(work(items), people).map((finish, nth) => {
      const [arrival, , length] = items[nth] as (typeof items)[number]
      return finish - length - arrival
    })
    const known = erlangC(people, busy)
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length
    expect(waits.filter((wait) => wait > 1e-9).length / waits.length / known.waits).toBeCloseTo(1, 1)
    expect(Math.abs(mean / known.mean - 1)).toBeLessThan(0.06)
  })

  const desks = fc.array(fc.tuple(fc.nat(200), fc.nat(60), fc.integer({ min: 1, max: 30 })), { minLength: 1 })
  const arrived = (items: readonly (readonly [number, number, number])[]) =>
    [...items].sort(([a], [b]) => a - b).map(([at, limit, length]) => [at, at + limit, length] as const)

  test('finishes everything, no sooner than it takes, with nobody idle while something waits', () => {
    fc.assert(
      fc.property(desks, fc.integer({ min: 1, max: 4 }), (drawn, people) => {
        const items = arrived(drawn)
        const finishes = finishesOf(work(items), people)
        const begins = finishes.map((finish, nth) => finish - (items[nth]?.[2] ?? 0))
        for (const [nth, [arrival]] of items.entries()) {
          const begin = begins[nth] as number
          expect(begin).toBeGreaterThanOrEqual(arrival)
          const atWork = (at: number) => begins.filter((b, k) => b <= at && at < (finishes[k] as number)).length
          if (begin > arrival) expect(atWork(begin - 0.5)).toBe(people)
          expect(atWork(begin)).toBeLessThanOrEqual(people)
        }
      }),
    )
  })

  test('of more people finishes nothing later where all are allowed equally long', () => {
    fc.assert(
      fc.property(desks, fc.integer({ min: 1, max: 4 }), (drawn, people) => {
        const items = arrived(drawn.map(([at, , length]) => [at, 20, length]))
        const [fewer, more] = [finishesOf(work(items), people), finishesOf(work(items), people + 1)]
        for (const [nth, finish] of more.entries()) expect(finish).toBeLessThanOrEqual(fewer[nth] as number)
      }),
    )
  })
})
