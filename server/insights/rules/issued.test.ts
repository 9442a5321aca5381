import { describe, expect, test } from 'vitest'
import { type Scope, scopeOf } from '#server/reports/rules/scope.ts'
import { countFigure, kpiFigure, shareFigure } from './figures.ts'
import { noBoardFilters } from './filters.ts'
import {
  correctionsOf,
  type IssuedScope,
  isMixUnchecked,
  issuedScopeOf,
  maySeeIssued,
  readerOfIssued,
} from './issued.ts'
import { keptSchema, readKeptWeekly } from './kept-weekly.ts'
import { type Weekly, weeklyKpis } from './weekly.ts'

const of = (...agencyIds: string[]): Scope => ({ all: false, agencyIds })

describe('who may see an issued report', () => {
  test.for<[Scope, IssuedScope, boolean]>([
    [{ all: true }, null, true],
    [{ all: true }, ['ward'], true],
    [of('ward'), null, false],
    [of('ward'), ['ward'], true],
    [of('ward', 'team'), ['ward'], true],
    [of('ward', 'team'), ['team', 'ward'], true],
    [of('team'), ['team', 'ward'], false],
    [of('ward'), ['department'], false],
    [of(), ['ward'], false],
    // A scope of nothing is no scope: denied, not shown to everyone.
    [of('ward'), [], false],
    [of(), [], false],
  ])('%j, a report of %j: %s', ([scope, issued, may]) => {
    expect(maySeeIssued(scope, issued)).toBe(may)
  })

  test('the account that counts it again sees exactly what it counts', () => {
    for (const issued of [null, ['team', 'ward']]) expect(issuedScopeOf(readerOfIssued(issued))).toEqual(issued)
    expect(scopeOf(readerOfIssued(null))).toEqual({ all: true })
  })
})

describe('corrections', () => {
  const around = { toDay: '2026-03-08', today: '2026-06-30' }
  const [open, handled] = [countFigure(512), shareFigure(900, 1000)]
  const judged = (verdict: Weekly['figures']['backlog']['verdict'], judgedBy: Weekly['judgedBy'] = 'chance') => {
    const figures = Object.fromEntries(
      weeklyKpis.map((id) => {
        const figure = id === 'received' || id === 'backlog' ? open : handled
        return [id, kpiFigure(id, figure, { ...around, previous: figure })]
      }),
    ) as Weekly['figures']
    return {
      judgedBy,
      question: { edition: 'weekly', from: '2026-03-02', agency: null },
      header: {
        fromDay: '2026-03-02',
        toDay: '2026-03-08',
        scope: { all: true },
        names: {},
        compared: null,
        check: null,
      },
      figures: { ...figures, backlog: { ...figures.backlog, verdict } },
      overdue: 3,
      agencies: { rows: [], mix: null, mixMissing: 'part' },
      points: [],
      storms: [],
    } as unknown as Weekly
  }
  const corrected = (issued: Weekly, now: Weekly) => correctionsOf(issued, now, (key) => key, 'vi')

  test('a verdict that no longer holds is one, though no number of its figure changed', () => {
    const line = { key: 'verdict-backlog', label: 'insights.kpis.backlog.name: weekly.sheets.verdict' }
    expect(corrected(judged('worse'), judged('unclear'))).toEqual([
      { ...line, issued: 'weekly.verdict.worse', now: 'weekly.verdict.unclear' },
    ])
    expect(corrected(judged('worse'), judged(null))).toEqual([{ ...line, issued: 'weekly.verdict.worse', now: '–' }])
    expect(corrected(judged('worse'), judged('worse'))).toEqual([])
  })

  test('agencies like with like are unchecked where they were compared and now are late', () => {
    const weekly = judged(null)
    const mixed = (agencies: object) => ({ ...weekly, agencies: { rows: [], ...agencies } }) as unknown as Weekly
    const compared = mixed({ mix: { agencies: [] }, mixMissing: null })
    const late = mixed({ mix: null, mixMissing: 'late' })
    expect([isMixUnchecked(compared, late), isMixUnchecked(compared, compared)]).toEqual([true, false])
    expect([isMixUnchecked(late, late), isMixUnchecked(compared, weekly)]).toEqual([false, false])
  })

  test('what has matured is compared where both reports say it', () => {
    const matured = (handled: number | null): Weekly => {
      const weekly = judged(null)
      const known = handled === null ? null : { handled, of: 100, notYet: 7 }
      return { ...weekly, figures: { ...weekly.figures, handled: { ...weekly.figures.handled, matured: known } } }
    }
    const said = (key: string, values?: object) => (values ? `${key} ${JSON.stringify(values)}` : key)
    const keys = (issued: Weekly, now: Weekly) => correctionsOf(issued, now, said, 'vi').map(({ key }) => key)
    expect(keys(matured(80), matured(81))).toEqual(['matured-handled'])
    expect(keys(matured(null), matured(81))).toEqual([])
  })

  test('a verdict by another rule is none', () => {
    expect(corrected(judged('worse', 'direction'), judged('unclear'))).toEqual([])
    expect(corrected(judged('worse', 'weeks'), judged('unclear'))).toEqual([])
  })
})

describe('kept figures', () => {
  const weekly = {
    judgedBy: 'chance',
    question: { edition: 'weekly', from: '2026-03-02', agency: null },
    header: {
      filters: noBoardFilters,
      asOf: new Date('2026-03-09T00:00:00+07:00'),
      compared: { kind: 'previous', from: new Date(1), to: new Date(2), agency: null, isPart: false },
      check: { at: new Date(3), failed: 0 },
    },
    agencies: { rows: [{ id: 'a' }], mix: null, mixMissing: 'late' },
    figures: { received: { value: 2, spark: [{ from: '2026-03-02', to: '2026-03-02', value: 2 }] } },
    points: [],
    storms: [
      {
        incident: { id: 'i', name: 'Bão số 3', startsAt: new Date(4), endsAt: null },
        asOf: new Date(5),
        peak: { count: 3, at: new Date(6) },
      },
    ],
  } as unknown as Weekly

  test('are read as they were, moments as moments', () => {
    expect(readKeptWeekly(keptSchema, JSON.parse(JSON.stringify(weekly)))).toEqual(weekly)
    const bare = { ...weekly, header: { ...weekly.header, compared: null, check: null }, storms: [] }
    expect(readKeptWeekly(keptSchema, JSON.parse(JSON.stringify(bare)))).toEqual(bare)
  })

  test('of the first form still say better and worse as they did: by the direction of the change', () => {
    const figures = {
      received: { good: 'none', change: 5 },
      handled: { good: 'up', change: 0.01 },
      on_time: { good: 'up', change: -0.01 },
      backlog: { good: 'down', change: -1 },
      satisfaction: { good: 'up', change: null },
    }
    const { judgedBy, ...first } = { ...weekly, figures }
    const read = readKeptWeekly(1, JSON.parse(JSON.stringify(first)))
    expect(read.judgedBy).toBe('direction')
    expect(Object.values(read.figures).map(({ verdict }) => verdict)).toEqual([null, 'better', 'worse', 'better', null])
  })

  test('of the first five forms keep their jumps against the period before, and the small print of that rule', () => {
    const jump = { kind: 'area', key: '7', name: 'Nơi', nameEn: 'Place', now: 29, before: 12, weight: 17, source: {} }
    const kept = { ...weekly, points: [jump] }
    for (const schema of [2, 3, 4, 5])
      expect(readKeptWeekly(schema, JSON.parse(JSON.stringify(kept)))).toMatchObject({
        judgedBy: 'weeks',
        points: [{ ...jump, usual: null }],
      })
  })

  test('of the third form keep no ranks of agencies', () => {
    const ranked = { ...weekly, agencies: { rows: weekly.agencies.rows, compared: 1, best: [{ id: 'a' }], worst: [] } }
    const read = readKeptWeekly(3, JSON.parse(JSON.stringify(ranked)))
    expect(read.judgedBy).toBe('weeks')
    expect(read.agencies).toEqual({ ...weekly.agencies, mixMissing: 'before' })
  })

  test('of the fourth form compare no agencies where the others are not seen', () => {
    const reasonOf = (mix: object | null) =>
      readKeptWeekly(4, JSON.parse(JSON.stringify({ ...weekly, agencies: { rows: [], mix } }))).agencies.mixMissing
    expect([reasonOf(null), reasonOf({ agencies: [] })]).toEqual(['part', null])
  })

  test('of the second form say nothing of what has matured', () => {
    const read = readKeptWeekly(2, JSON.parse(JSON.stringify(weekly)))
    expect(read.figures.received).toEqual({ ...weekly.figures.received, matured: null, judged: null })
  })

  test('of the fifth form hold their target against what has matured, as they did', () => {
    const handled = { id: 'handled', unit: 'share', good: 'up', value: 0.27, numerator: 68, denominator: 251, n: 251 }
    const fifth = {
      ...handled,
      target: 0.8,
      band: null,
      gap: 18 / 21 - 0.8,
      matured: { handled: 18, of: 21, notYet: 230 },
    }
    const read = readKeptWeekly(5, JSON.parse(JSON.stringify({ ...weekly, figures: { handled: fifth } })))
    const compared = {
      value: 18 / 21,
      numerator: 18,
      denominator: 21,
      n: 21,
      distance: 18 / 21 - 0.8,
      standing: 'reached',
    }
    expect(read.figures.handled).toEqual({
      ...handled,
      matured: fifth.matured,
      judged: { target: 0.8, band: null, compared },
    })
  })

  test('of a form that has no reader are refused, not misread', () => {
    expect(() => readKeptWeekly(keptSchema + 1, {})).toThrow(`schema ${keptSchema + 1}`)
  })
})
