import { describe, expect, test } from 'vitest'
import type { Actor, Role } from '#server/accounts/rules/actor.ts'
import type { KpiFigure, NamedAgency, Verdict } from './board.ts'
import { type KpiId, kpiIds } from './definitions.ts'
import { countFigure, kpiFigure, shareFigure } from './figures.ts'
import {
  type AgencyWeek,
  agencyOfToday,
  changesOf,
  foldedRisks,
  harmOf,
  headlineOf,
  judgedWeeks,
  ledAgencies,
  ownersOf,
  type Risk,
  type RiskKind,
  ranked,
  topicsOf,
} from './today.ts'

const named = (id: string): NamedAgency => ({ id, name: `UBND phường ${id}`, shortName: id })
const risk = (kind: RiskKind, count: number, agency = 'A'): Risk =>
  ({ kind, id: `${kind}:${agency}`, count, owners: [named(agency)], href: `/${kind}` }) as unknown as Risk
const idsOf = (risks: readonly Risk[]) => risks.map(({ id }) => id)

describe('risks', () => {
  test.each<[string, [RiskKind, number][]]>([
    [
      'one urgent report that is overdue before hundreds that fall due',
      [
        ['urgent_overdue', 1],
        ['due_today', 900],
      ],
    ],
    [
      'many at one place before a few that are urgent and overdue',
      [
        ['surge', 40],
        ['urgent_overdue', 3],
      ],
    ],
    [
      'urgent overdue work before as much that is due by tonight',
      [
        ['urgent_overdue', 4],
        ['urgent_today', 4],
      ],
    ],
    [
      'an alert before a commitment that has passed',
      [
        ['alert', 1],
        ['commitments_broken', 5],
      ],
    ],
    [
      'a commitment that has passed before one of today',
      [
        ['commitments_broken', 2],
        ['commitments_today', 2],
      ],
    ],
    [
      'one urgent report before hundreds of others, all of them overdue',
      [
        ['urgent_overdue', 1],
        ['overdue', 300],
      ],
    ],
    [
      'overdue work that is not urgent before as much that falls due today',
      [
        ['overdue', 40],
        ['due_today', 40],
      ],
    ],
  ])('%s', (_, wanted) => {
    const risks = wanted.map(([kind, count]) => risk(kind, count))
    expect(idsOf(ranked(risks.toReversed()))).toEqual(idsOf(risks))
  })

  test('what counts nothing is none, and names decide only between equals', () => {
    const risks = [risk('due_today', 0), risk('urgent_overdue', 2, 'B'), risk('urgent_overdue', 2, 'A')]
    expect(idsOf(ranked(risks))).toEqual(['urgent_overdue:A', 'urgent_overdue:B'])
  })

  test('four times as many do twice the harm', () => {
    expect(harmOf(risk('surge', 40))).toBeCloseTo(2 * harmOf(risk('surge', 10)))
  })

  test('an alert in force is never folded away, however many risks stand before it', () => {
    const seven = Array.from({ length: 7 }, (_, place) => risk('urgent_overdue', 9 - place, String(place)))
    const placesOf = (among: ReturnType<typeof foldedRisks>['shown']) => among.map((one) => [one.risk.kind, one.rank])
    const { shown, folded } = foldedRisks([...seven, risk('alert', 1), risk('due_today', 1)])
    expect(placesOf(shown)).toEqual([...[1, 2, 3, 4, 5].map((rank) => ['urgent_overdue', rank]), ['alert', 8]])
    expect(placesOf(folded)).toEqual([
      ['urgent_overdue', 6],
      ['urgent_overdue', 7],
      ['due_today', 9],
    ])
  })

  test('owners are the agencies with most of it, without those that have none', () => {
    const agencies = new Map(['A', 'B', 'C'].map((id) => [id, named(id)]))
    const counts = [
      { agency: 'A', count: 1 },
      { agency: 'B', count: 2 },
      { agency: 'A', count: 3 },
      { agency: 'C', count: 0 },
      { agency: null, count: 9 },
    ]
    expect(ownersOf(counts, agencies).map(({ id, count }) => [id, count])).toEqual([
      ['A', 4],
      ['B', 2],
    ])
  })

  test('two topics are named, those with most', () => {
    const topics = ['a', 'b', 'c'].map((name, place) => ({ name, nameEn: name, count: place + 1 }))
    expect(topicsOf(topics).map(({ name }) => name)).toEqual(['c', 'b'])
  })
})

test('the headline: all urgent overdue work, who has more than half of it, and the gravest of the rest', () => {
  const risks = [risk('urgent_overdue', 6, 'A'), risk('surge', 31), risk('urgent_overdue', 3, 'B')]
  const all = { count: 9, href: '/all' }
  expect(headlineOf(risks, all)).toEqual({ urgent: all, most: { name: 'A', count: 6 }, next: risks[1] })
  const unassigned = { ...risk('urgent_overdue', 7), owners: [] }
  expect(headlineOf([unassigned], all).most).toEqual({ name: null, count: 7 })
  expect(headlineOf([risk('due_today', 3)], { count: 0, href: '/all' })).toMatchObject({ urgent: null, most: null })
  expect(headlineOf([], { count: 0, href: '/all' })).toEqual({ urgent: null, most: null, next: null })
})

test.each<[number, number, boolean]>([
  [1, 6, false],
  [3, 6, false],
  [4, 6, true],
  [6, 6, true],
])('an agency with %i of %i is named in the headline: %s', (count, all, isNamed) => {
  const { most } = headlineOf([risk('urgent_overdue', count)], { count: all, href: '/all' })
  expect(most !== null).toBe(isNamed)
})

const nothing = { value: null, numerator: 0, denominator: 0, n: 0 }
const around = { toDay: '2026-03-31', today: '2026-06-30' }
function boardOf(verdicts: Partial<Record<KpiId, Verdict>>): Record<KpiId, KpiFigure> {
  const figures = kpiIds.map((id) => {
    const figure = kpiFigure(id, id === 'received' ? countFigure(30) : shareFigure(20, 30), {
      ...around,
      previous: verdicts[id] ? shareFigure(25, 30) : nothing,
    })
    return [id, { ...figure, verdict: verdicts[id] ?? null }]
  })
  return Object.fromEntries(figures)
}
const week = (agency: string | null, verdict: Verdict | null): AgencyWeek => ({
  agency,
  now: shareFigure(20, 40),
  before: shareFigure(38, 40),
  verdict,
})
const known = new Map(['A', 'B', 'C', 'D'].map((id) => [id, named(id)]))

describe('changes', () => {
  test('only beyond chance, the bad ones first, at most three', () => {
    const kpis = boardOf({
      on_time: 'unclear',
      received: 'differs',
      satisfaction: 'better',
      backlog: 'worse',
      intake_on_time: 'better',
    })
    const { told, weighed, unclear } = changesOf(kpis, [], known)
    expect(told.map(({ kpi, verdict }) => [kpi, verdict])).toEqual([
      ['backlog', 'worse'],
      ['received', 'differs'],
      ['satisfaction', 'better'],
    ])
    expect({ weighed, unclear }).toEqual({ weighed: 5, unclear: 1 })
  })

  test('an agency that got better is told; one that got worse stands among the risks', () => {
    const weeks = [week('A', 'worse'), week('B', 'better'), week('C', 'unclear'), week('D', null), week(null, 'better')]
    const { told, weighed, unclear } = changesOf(boardOf({}), weeks, known)
    expect(told.map(({ kpi, agency }) => [kpi, agency?.id])).toEqual([['on_time', 'B']])
    expect({ weighed, unclear }).toEqual({ weighed: 4, unclear: 1 })
  })
})

test('agencies are judged by their own two weeks, and those of one week by none', () => {
  const fell = (key: string | null, due: number, kept: number) => ({ key, promises_due: due, promises_kept: kept })
  const weeks = judgedWeeks(
    [fell('A', 40, 10), fell('B', 40, 39), fell('C', 40, 30), fell(null, 3, 1)],
    [fell('A', 40, 38), fell('B', 40, 12), fell('C', 40, 31), fell('D', 40, 20)],
  )
  expect(weeks.map(({ agency, verdict }) => [agency, verdict])).toEqual([
    ['A', 'worse'],
    ['B', 'better'],
    ['C', 'unclear'],
    [null, null],
    ['D', null],
  ])
  expect(weeks[0]).toMatchObject({
    now: { numerator: 10, denominator: 40 },
    before: { numerator: 38, denominator: 40 },
  })
})

const leading = (...grants: [Role, string, boolean][]): Actor => ({
  kind: 'staff',
  id: 'x',
  name: 'Mai',
  grants: grants.map(([role, agencyId, cityWide]) => ({ role, agencyId, agencyIds: [agencyId], cityWide })),
})

describe('an account reads', () => {
  const two = leading(['officer', 'a', false], ['approver', 'b', false], ['approver', 'c', false])
  const city = leading(['approver', 'b', false], ['manager', 'city', true])
  test.each<[string, Actor, string[] | null]>([
    ['of the agencies that it leads', two, ['b', 'c']],
    ['of the whole city', city, null],
    ['not of the city that it only dispatches', leading(['dispatcher', 'city', true], ['approver', 'b', false]), ['b']],
  ])('%s', (_, actor, expected) => expect(ledAgencies(actor)).toEqual(expected))

  test.each<[Actor, string | null, string | null]>([
    [two, null, 'b'],
    [two, 'c', 'c'],
    [city, null, null],
    [city, 'b', 'b'],
  ])('of one of them, the first if none is asked for', (actor, asked, expected) => {
    expect(agencyOfToday(actor, asked)).toBe(expected)
  })

  test('of no other', () => expect(() => agencyOfToday(two, 'a')).toThrow('not_found'))
})
