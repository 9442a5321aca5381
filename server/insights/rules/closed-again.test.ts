import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ClosedAgain, countClosesAgain, countMonths } from './closed-again.ts'
import { closesIn } from './tallied-figures.ts'
import { Tally } from './tally.ts'

const dayLength = 86_400_000
/** Midnight in Hanoi, on a Monday. */
const from = Date.UTC(2026, 1, 28, 17) + dayLength
const closes = fc.array(
  fc.record({
    report: fc.integer({ min: 1, max: 4 }),
    day: fc.nat(40),
    answered: fc.boolean(),
    reopenedAfter: fc.option(fc.nat(40), { nil: null }),
    by: fc.constantFrom(1, 2),
  }),
  { maxLength: 25 },
)

type Row = { report: number; day: number; answered: boolean; reopenedAfter: number | null; by: number }

function partOf(rows: readonly Row[]): ClosedAgain {
  const none = rows.map(() => 0)
  return {
    rows: rows.length,
    report: rows.map(({ report }) => report),
    at: rows.map(({ day }) => from + day * dayLength),
    answered: rows.map(({ answered }) => (answered ? 1 : 2)),
    reopened: rows.map(({ day, reopenedAfter }) =>
      reopenedAfter === null ? 0 : from + (day + reopenedAfter) * dayLength,
    ),
    reopenedBy: rows.map(({ by }) => by),
    rating: none,
    rated: none,
    laterAt: none,
    laterRated: none,
    validFrom: none,
    validTo: none,
    spells: rows.map(() => ''),
  }
}

test('a report counts once in the period and once in each of its steps, for each thing that happened to it', () => {
  fc.assert(
    fc.property(closes, fc.constantFrom('day' as const, 'week' as const, 'month' as const), (rows, grain) => {
      const part = partOf(rows)
      const far = new Date(from + 400 * dayLength)
      const tally = new Tally()
      const span = { from: new Date(from), to: far, asOf: far, isPartial: false }
      countClosesAgain(tally, [part], span, grain)
      const { whole, steps } = closesIn(tally)
      const countOf = (some: typeof rows) => {
        const reports = (holds: (row: (typeof rows)[number]) => boolean) =>
          new Set(some.filter(holds).map(({ report }) => report)).size
        const isReopened = ({ reopenedAfter }: (typeof rows)[number]) => reopenedAfter !== null && reopenedAfter <= 30
        return {
          closes: some.length,
          closed_reports: reports(() => true),
          reopened: reports(isReopened),
          reopened_by_citizen: reports((row) => isReopened(row) && row.by === 1),
          reopened_by_staff: reports((row) => isReopened(row) && row.by === 2),
          answered_reports: reports(({ answered }) => answered),
          rated: 0,
          rated_content: 0,
        }
      }
      const dayOf = (day: number) => new Date(from + day * dayLength + 7 * 3_600_000)
      const stepOf = (day: number) =>
        grain === 'day' ? day : grain === 'week' ? Math.floor(day / 7) : dayOf(day).getUTCMonth()
      const bySteps = [...Map.groupBy(rows, ({ day }) => stepOf(day))].sort(([a], [b]) => a - b)
      expect(whole).toEqual(countOf(rows))
      expect([...steps].sort((a, b) => a.step - b.step).map(({ step: _, ...counts }) => counts)).toEqual(
        bySteps.map(([, some]) => countOf(some)),
      )
    }),
    { numRuns: 200 },
  )
})

test('what was counted of months that are over, and then of the others, is what is counted of all of them', () => {
  fc.assert(
    fc.property(closes, (rows) => {
      const far = new Date(from + 400 * dayLength)
      const span = { from: new Date(from), to: far, asOf: far, isPartial: false }
      const [whole, apart] = [new Tally(), new Tally()]
      countClosesAgain(whole, [partOf(rows)], span, 'month')
      // March 2026 begins on the first of these days.
      const [march, others] = [rows.filter(({ day }) => day < 30), rows.filter(({ day }) => day >= 30)]
      countClosesAgain(apart, [partOf(others)], span, 'month', { known: countMonths([partOf(march)], span) })
      const byStep = (tally: Tally) => {
        const { whole: all, steps } = closesIn(tally)
        return [all, steps.filter(({ closes: some }) => some > 0).sort((a, b) => a.step - b.step)]
      }
      expect(byStep(apart)).toEqual(byStep(whole))
    }),
    { numRuns: 200 },
  )
})
