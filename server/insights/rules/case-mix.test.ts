import { describe, expect, test } from 'vitest'
import { type CaseMix, compareMixes, missingData, type Standing } from './case-mix.ts'
import { type Cell, groupWeightOf } from './case-mix-rates.ts'
import { seeded } from './what-if/chance.ts'

const missedOf = (random: () => number, due: number, chance: number): number => {
  let missed = 0
  for (let one = 0; one < due; one += 1) if (random() < chance) missed += 1
  return missed
}

const timesAsLikely = (chance: number, odds: number): number => (chance * odds) / (1 - chance + chance * odds)

const agencies = 30
const kinds = 24
const perGroup = 6
const months = 12

/**
 * A city whose agencies receive different kinds of work in different amounts, and miss of each kind what is usual of
 * it. `planted`: the first agency has twice the odds of missing, or half.
 */
function cityOf(seed: number, planted: 'none' | 'slow' | 'good' = 'none') {
  const random = seeded(seed)
  const groups = Array.from({ length: kinds / perGroup }, () => 0.05 + 0.2 * random())
  const chances = Array.from({ length: kinds }, (_, kind) =>
    timesAsLikely(groups[Math.floor(kind / perGroup)] as number, Math.exp(1.2 * (random() - 0.5))),
  )
  const [now, before]: [Cell[], Cell[]] = [[], []]
  let expected = 0
  for (let number = 0; number < agencies; number += 1) {
    const isPlanted = number === 0 && planted !== 'none'
    const size = isPlanted ? 700 : Math.round(15 * Math.exp(4 * random()))
    // A third of the kinds, some of them far more often than others.
    const weights = chances.map(() => (random() < 0.35 ? random() ** 3 : 0))
    const all = weights.reduce((sum, weight) => sum + weight, 0) || 1
    for (const [kind, chance] of chances.entries()) {
      const due = Math.round((size * (weights[kind] as number)) / all)
      if (due === 0) continue
      const own = isPlanted ? timesAsLikely(chance, planted === 'slow' ? 2 : 0.5) : chance
      if (isPlanted) expected += due * chance
      const about = { agency: String(number), stratum: `kind ${kind}`, group: `group ${Math.floor(kind / perGroup)}` }
      now.push({ ...about, due, missed: missedOf(random, due, own) })
      before.push({ ...about, due: due * months, missed: missedOf(random, due * months, own) })
    }
  }
  return { now, before, expected }
}

const namedIn = ({ now, before }: ReturnType<typeof cityOf>) =>
  compareMixes(now, before).agencies.filter(({ standing }) => standing === 'better' || standing === 'worse')

describe('calibration', () => {
  test('of cities without any difference at most one in ten names an agency', { timeout: 120_000 }, () => {
    const naming = Array.from({ length: 250 }, (_, seed) => namedIn(cityOf(seed + 1)).length > 0)
    const named = naming.filter(Boolean).length
    console.info('cities without a difference that name an agency, of 250', named)
    expect(named).toBeLessThanOrEqual(25)
  })

  test.for(['slow', 'good'] as const)('an agency that is truly %s is named', (planted) => {
    let [tried, found] = [0, 0]
    for (let seed = 5_001; tried < 200; seed += 1) {
      const city = cityOf(seed, planted)
      if (city.expected < 60) continue
      tried += 1
      const standing = compareMixes(city.now, city.before).agencies.find(({ agency }) => agency === '0')?.standing
      if (standing === (planted === 'slow' ? 'worse' : 'better')) found += 1
    }
    console.info(`agencies that are truly ${planted} and named, of 200`, found)
    expect(found).toBeGreaterThanOrEqual(planted === 'slow' ? 180 : 170)
  })
})

const cell = (agency: string, stratum: string, due: number, missed: number): Cell => ({
  agency,
  stratum,
  group: 'group',
  due,
  missed,
})

describe('one agency', () => {
  test('is held against others alone, drawn towards the group', () => {
    const before = [cell('a', 'x', 100, 90), cell('b', 'x', 80, 8), cell('b', 'y', 120, 60)]
    const { agencies: rows } = compareMixes([cell('a', 'x', 50, 12)], before)
    // Of others 8 of 80, in the group 68 of 200.
    const weight = groupWeightOf([
      { due: 80, missed: 8 },
      { due: 120, missed: 60 },
    ])
    const usual = (8 + weight * (68 / 200)) / (80 + weight)
    expect(rows[0]?.expected).toBeCloseTo(50 * usual, 10)
    expect(rows[0]?.covered).toEqual({ due: 50, missed: 12 })
  })

  test('is not compared in what others hardly have, and not at all where that is most of its work', () => {
    const before = [cell('b', 'x', 400, 80), cell('b', 'rare', 19, 3)]
    const standing = (mix: Cell[]) => compareMixes(mix, before).agencies[0]
    const most = standing([cell('a', 'x', 60, 12), cell('a', 'rare', 40, 40)])
    expect(most).toMatchObject({ due: 100, missed: 52, covered: { due: 60, missed: 12 }, standing: 'alone' })
    expect(standing([cell('a', 'x', 59, 12), cell('a', 'rare', 41, 41)])?.standing).toBe('uncovered')
  })

  test('is not judged by less than five expected misses, whatever it missed', () => {
    const before = [cell('b', 'x', 400, 100)]
    expect(compareMixes([cell('a', 'x', 19, 19)], before).agencies[0]?.standing).toBe('few')
    expect(compareMixes([cell('a', 'x', 21, 21)], before).agencies[0]?.standing).toBe('alone')
  })
})

test('a city that missed nothing, and one without promises, names no one', () => {
  expect(compareMixes([], [])).toEqual({ agencies: [], missedShare: null, between: 0 })
  expect(compareMixes([cell('a', 'x', 500, 0)], [cell('b', 'x', 500, 0)]).agencies[0]?.standing).toBe('few')
})

test('agencies that all differ are usual: then only what is far beyond them is named', () => {
  const before = Array.from({ length: 30 }, (_, at) => cell(`${at}`, 'x', 2_400, 240 + 120 * ((at % 3) - 1)))
  const now = before.map(({ agency }, at) => cell(agency, 'x', 200, 20 + 10 * ((at % 3) - 1)))
  const { between, agencies: rows } = compareMixes(now, before)
  expect(between).toBeGreaterThan(0.05)
  expect(rows.filter(({ standing }) => standing !== 'unclear')).toEqual([])
})

test('one slow agency among few does not excuse itself: what others differ by in the twelve months decides', () => {
  const before = Array.from({ length: 8 }, (_, at) => cell(`${at}`, 'x', 480, 60))
  // As in a month of the city in which four were compared: 52 missed of 12 expected.
  const now = [cell('0', 'x', 96, 52), cell('1', 'x', 50, 8), cell('2', 'x', 48, 5), cell('3', 'x', 45, 6)]
  const standings = compareMixes(now, before).agencies.map(({ standing }) => standing)
  expect(standings).toEqual(['worse', 'unclear', 'unclear', 'unclear'])
})

test('those that are named do not say what is usual of the others', () => {
  const before = Array.from({ length: 12 }, (_, at) => cell(`${at}`, 'x', 400, at === 0 ? 360 : 40))
  const now = before.map(({ agency }) => cell(agency, 'x', 100, agency === '0' ? 90 : 10))
  const { agencies: rows } = compareMixes(now, before)
  expect(rows.map(({ standing }) => standing)).toEqual(['worse', ...Array(11).fill('unclear')])
  expect(rows[1]?.expected).toBeCloseTo(10, 10)
})

test('kinds are drawn to their group the less, the more they differ from each other', () => {
  const alike = [30, 28, 31].map((missed) => ({ due: 100, missed }))
  const unlike = [5, 80, 20].map((missed) => ({ due: 100, missed }))
  expect(groupWeightOf(alike)).toBe(20)
  expect(groupWeightOf(unlike)).toBeLessThan(3)
})

describe('where no agency is compared, it is said which data are missing', () => {
  const missing = (due: number, ...standings: Standing[]) => {
    const agencies = standings.map((standing) => ({ standing, due: 40 }) as CaseMix['agencies'][number])
    const past = { from: '2025-11-29', due, begins: null }
    return missingData({ agencies, past, missedShare: null, between: 0 })
  }
  test.for<[ReturnType<typeof missingData>, number, ...Standing[]]>([
    ['nothing_due', 900],
    ['no_past', 0, 'uncovered', 'uncovered'],
    ['few_past', 900, 'uncovered', 'uncovered', 'few'],
    ['few', 900, 'few', 'few', 'uncovered'],
    ['alone', 900, 'alone', 'uncovered', 'uncovered'],
    [null, 900, 'unclear', 'uncovered', 'uncovered'],
  ])('%s', ([why, due, ...standings]) => expect(missing(due, ...standings)).toBe(why))
})
