import { describe, expect, test } from 'vitest'
import { dayAfter, startOfDay } from '#server/platform/rules/local-day.ts'
import type { AgencyRow, Board, Contribution } from './board.ts'
import type { AgencyMix, CaseMix } from './case-mix.ts'
import { kpiIds } from './definitions.ts'
import { countFigure, kpiFigure, noParts, shareFigure } from './figures.ts'
import { composeWeekly, type MixMissing, type Moved, type NamedJump, pointsOf } from './weekly.ts'
import { weeklyWords } from './weekly-words.ts'

const quiet: Moved = { onTime: [], backlog: [] }
const around = { toDay: '2026-03-08', today: '2026-06-30', previous: null }
const count = (value: number) => ({ value, numerator: value, denominator: null, n: value })

/** Beyond chance, unless said otherwise: `chance.test.ts` says what is. */
const moved = (
  key: string | null,
  now: number,
  before: number,
  verdict: Contribution['verdict'] = 'worse',
): Contribution => ({
  verdict,
  key,
  name: `Nơi ${key}`,
  nameEn: `Place ${key}`,
  total: now - before,
  rate: now - before,
  mix: 0,
  now: count(now),
  previous: count(before),
})

const kept = (
  key: string,
  [now, due]: [number, number],
  [then, dueThen]: [number, number],
  verdict: Contribution['verdict'] = 'worse',
) => ({
  ...moved(key, 0, 0, verdict),
  now: shareFigure(now, due),
  previous: shareFigure(then, dueThen),
})

const row = (id: string, wanted: Partial<AgencyRow> = {}): AgencyRow => ({
  id,
  name: `Phường ${id}`,
  shortName: id,
  received: 0,
  parts: noParts(),
  due: 0,
  kept: 0,
  open: 0,
  overdue: 0,
  closeMedian: null,
  first: 0,
  forwarded: 0,
  ...wanted,
})

type Wanted = { agencies?: AgencyRow[]; pingPong?: [number, number]; oldest?: Board['oldest'] }
const boardOf = ({ agencies = [], pingPong = [0, 0], oldest = null }: Wanted) =>
  ({
    charts: { agencies },
    oldest,
    kpis: { ping_pong: { numerator: pingPong[0], denominator: pingPong[1] } },
  }) as unknown as Board

/** Of the period that ends with this day, compared with the 28 days before it. */
const headerOf = (fromDay: string, toDay: string) => {
  const to = startOfDay(fromDay)
  return {
    fromDay,
    toDay,
    asOf: startOfDay(dayAfter(toDay)),
    compared: { from: new Date(to.getTime() - 28 * 86_400_000), to },
  }
}

const jump = (kind: NamedJump['kind'], key: string, now: number, usual: number): NamedJump => ({
  ...{ kind, key, name: `Nơi ${key}`, nameEn: `Place ${key}`, now, usual },
})

type By = Partial<Moved> & { jumps?: NamedJump[] }
const kindsOf = (wanted: Wanted, { jumps = [], ...by }: By = {}) =>
  pointsOf(boardOf(wanted), { ...quiet, ...by }, jumps).map((point) =>
    'key' in point ? `${point.kind} ${point.key}` : point.kind,
  )

describe('three points of attention', () => {
  test.for<[string, Wanted, By, string[]]>([
    ['a quiet period has none', {}, {}, []],
    ['a rise of the backlog within chance is none', {}, { backlog: [moved('a', 30, 20, 'unclear')] }, []],
    ['the biggest rise of the backlog', {}, { backlog: [moved('a', 30, 20), moved('b', 80, 50)] }, ['backlog b']],
    ['what nobody holds is nobody’s backlog', {}, { backlog: [moved(null, 90, 10)] }, []],
    ['more promises missed than before', {}, { onTime: [kept('a', [10, 20], [19, 20])] }, ['missed a']],
    ['half of them, but within chance, is none', {}, { onTime: [kept('a', [10, 20], [12, 20], 'unclear')] }, []],
    ['an agency that got better is no matter', {}, { onTime: [kept('a', [19, 20], [10, 20], 'better')] }, []],
    [
      'of several jumps of a kind the one with most beyond what is usual',
      {},
      { jumps: [jump('area', '7', 60, 3), jump('area', '8', 120, 70)] },
      ['area 7'],
    ],
    [
      'an agency that passes on what it gets',
      { agencies: [row('a', { first: 20, forwarded: 12 })] },
      {},
      ['forwarding a'],
    ],
    ['one that passes on a few', { agencies: [row('a', { first: 20, forwarded: 5 })] }, {}, []],
    ['one report in ten goes back and forth', { pingPong: [10, 100] }, {}, ['ping_pong']],
    ['a hundred assigned once each', { pingPong: [4, 100] }, {}, []],
    [
      'the heaviest three of five, each of its kind',
      { agencies: [row('f', { first: 100, forwarded: 60 })], pingPong: [12, 100] },
      {
        backlog: [moved('a', 90, 20), moved('b', 60, 10)],
        jumps: [jump('area', '7', 60, 20), jump('category', 'CX', 90, 10)],
      },
      ['category CX', 'backlog a', 'forwarding f'],
    ],
    [
      'no agency twice: the next kind steps in',
      {},
      {
        backlog: [moved('a', 90, 20)],
        onTime: [kept('a', [10, 60], [58, 60])],
        jumps: [jump('area', '7', 60, 20)],
      },
      ['backlog a', 'area 7'],
    ],
    [
      'a quiet period is filled up with what is overdue and what is oldest',
      {
        agencies: [row('a', { open: 9, overdue: 2 }), row('b', { open: 5, overdue: 4 })],
        oldest: { code: 'HN-1', receivedAt: new Date(0), minutes: 900 },
      },
      {},
      ['overdue b', 'oldest'],
    ],
    [
      'of equals the same, in whatever order their names put them',
      { agencies: [row('d', { open: 9, overdue: 4 }), row('c', { open: 5, overdue: 4 })] },
      { backlog: [moved('b', 30, 20), moved('a', 30, 20)] },
      ['backlog a', 'overdue c'],
    ],
  ])('%s', ([, wanted, by, expected]) => {
    expect(kindsOf(wanted, by)).toEqual(expected)
  })

  test('each opens the reports it counts', () => {
    const points = pointsOf(
      boardOf({ agencies: [row('a', { overdue: 3 })] }),
      {
        ...quiet,
        backlog: [moved('a', 30, 20)],
        onTime: [kept('b', [10, 20], [19, 20])],
      },
      [jump('area', '7', 40, 15.4)],
    )
    expect(points.map(({ source }) => source)).toEqual([
      { measure: 'received', by: { area: 7 } },
      { measure: 'backlog', by: { agency: 'a' } },
      { measure: 'promises_missed', by: { agency: 'b' } },
    ])
    expect(points[1]).toMatchObject({ now: 30, before: 20, overdue: 3 })
    expect(points[2]).toMatchObject({ missed: 10, due: 20, missedBefore: 1, dueBefore: 20 })
  })
})

describe('agencies, like with like', () => {
  const mixed = (name: string, standing: AgencyMix['standing'], far = 0): CaseMix['agencies'][number] => ({
    ...{ id: name, name, shortName: name, due: 90, missed: 31, covered: { due: 80, missed: 30 } },
    ...{ expected: 12.34, far, standing },
  })
  const wordsOf = (...agencies: CaseMix['agencies']) =>
    wordsWith({ agencies, missedShare: 0.1, between: 0, past: { from: '2025-11-17', due: 900, begins: null } })
  const wordsWith = (mix: CaseMix | MixMissing) => {
    const board = {
      header: { ...headerOf('2026-03-02', '2026-03-08'), counted: 1, names: {}, check: null, scope: { all: true } },
      kpis: Object.fromEntries(kpiIds.map((id) => [id, kpiFigure(id, countFigure(0), around)])),
      charts: { agencies: [], ageing: { byDeadline: [] } },
    } as unknown as Board
    const weekly = composeWeekly({ edition: 'weekly', from: '2026-03-02', agency: null }, board, quiet, [], mix, [])
    const say = (key: string, values?: object) => `${key} ${JSON.stringify(values ?? {})}`
    const { named, note } = weeklyWords(weekly, say, 'vi').agencies
    return [note.split(' ')[0], ...named.map(({ name, text }) => `${name} ${text}`)]
  }

  test('names those beyond chance, and says aloud where there are none', () => {
    for (const missing of ['part', 'before', 'late'] as const)
      expect(wordsWith(missing)).toEqual([`weekly.agencies.${missing}`])
    expect(wordsOf(mixed('a', 'few'), mixed('b', 'uncovered'))).toEqual(['weekly.agencies.tooFew'])
    expect(wordsOf(mixed('a', 'unclear', 1.5), mixed('b', 'few'))).toEqual(['weekly.agencies.none'])
    const said = (standing: string) =>
      `weekly.agencies.text {"edition":"weekly","standing":"${standing}","due":"90","compared":"80","missed":"30","expected":"12,3"}`
    expect(wordsOf(mixed('good', 'better', -4), mixed('slow', 'worse', 4), mixed('c', 'unclear', 1.9))).toEqual([
      'weekly.agencies.found',
      `slow ${said('worse')}`,
      `good ${said('better')}`,
    ])
  })
})
