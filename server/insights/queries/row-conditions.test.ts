import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { ratings } from '#server/reports/rules/lifecycle.ts'
import { countClosesAgain } from '../rules/closed-again.ts'
import { countedStateNumber } from '../rules/counted-state.ts'
import { type Measure, measures } from '../rules/data-point.ts'
import { noBoardFilters } from '../rules/filters.ts'
import { type Flag, type Frame, type Instant, measureRules } from '../rules/measure-rules.ts'
import type { Span } from '../rules/period.ts'
import { type RowColumns, testOf } from '../rules/row-tests.ts'
import { pathAt, stateAt } from '../rules/seen.ts'
import { closeParts, closesIn } from '../rules/tallied-figures.ts'
import { Tally } from '../rules/tally.ts'
import { type Act, acts, receivedAt, Told, time } from '../rules/test-histories.ts'
import { type FactVersions, versionsOf } from '../rules/versions.ts'
import { rowsWhere } from './closed-again.ts'
import { agencyIn, agencyValue, countedState, isValid, pathThen, rowsOf, type Under } from './frames.ts'
import { conditionOf, countOf } from './predicates.ts'
import { type FigureTable, retoldRows, rowsIn } from './relations.ts'
import { run } from './run.ts'

type Rows = { [Table in FigureTable]: FactVersions[Table extends 'stays' ? 'holdingPeriods' : Table] }

const tableOf: Record<Frame, FigureTable> = {
  ...{ received: 'facts', cohort: 'facts', open: 'facts', touched: 'facts' },
  ...{ closes: 'closes', reopenings: 'closes', due: 'promises', firstDue: 'promises', intakes: 'promises' },
  ...{ commitments: 'promises', answerAges: 'promises', closeAges: 'promises' },
  stays: 'stays',
}
const conditioned = (table: FigureTable): Measure[] =>
  measures.filter((measure) => measureRules[measure].where && tableOf[measureRules[measure].frame] === table)

const none = (): never => {
  throw new Error('no such column')
}
const millis = (at: Date | null): number => at?.getTime() ?? 0
const yesOrNo = (flag: boolean | null): number => (flag === null ? 0 : flag ? 1 : 2)
const nothing = { state: none, agencyChanges: none, rating: [], laterAt: [], laterRated: [] }

const factColumns = (rows: Rows['facts'], { asOf }: Span): RowColumns => {
  const instants: Partial<Record<Instant, number[]>> = {
    first_answer_at: rows.map(({ firstAnswerAt }) => millis(firstAnswerAt)),
    assigned_at: rows.map(({ assignedAt }) => millis(assignedAt)),
    matures_at: rows.map(({ maturesAt }) => maturesAt.getTime()),
  }
  const flags: Partial<Record<Flag, number[]>> = {
    forwarded: rows.map(({ forwarded }) => yesOrNo(forwarded)),
    ping_pong: rows.map(({ pingPong }) => yesOrNo(pingPong)),
  }
  return {
    ...nothing,
    instant: (name) => instants[name] ?? none(),
    flag: (name) => flags[name] ?? none(),
    state: () => rows.map((row) => countedStateNumber(stateAt(row, asOf))),
    agencyChanges: () => rows.map(({ agencyChanges }) => agencyChanges),
  }
}

const promiseColumns = (rows: Rows['promises']): RowColumns => {
  const instants: Partial<Record<Instant, number[]>> = {
    moved_at: rows.map(({ movedAt }) => millis(movedAt)),
    done_at: rows.map(({ doneAt }) => millis(doneAt)),
    due_at: rows.map(({ dueAt }) => millis(dueAt)),
    first_due_at: rows.map(({ firstDueAt }) => millis(firstDueAt)),
  }
  return { ...nothing, instant: (name) => instants[name] ?? none(), flag: none }
}

const closeColumns = (rows: Rows['closes']): RowColumns => {
  const later = rows.map(({ reportId, number, agencyId, reopenedAt }) => {
    const after = rows.filter((row) => row.reportId === reportId && row.number > number && row.rating !== null)
    const rated = after.filter((row) => row.agencyId === agencyId)
    const next = rated.filter((row) => row.number === Math.min(...rated.map((one) => one.number)))
    return reopenedAt === null ? [] : next
  })
  const instants: Partial<Record<Instant, number[]>> = {
    at: rows.map(({ at }) => millis(at)),
    reopened_at: rows.map(({ reopenedAt }) => millis(reopenedAt)),
    rated_at: rows.map(({ ratedAt }) => millis(ratedAt)),
  }
  const flags: Partial<Record<Flag, number[]>> = {
    answered: rows.map(({ answered }) => yesOrNo(answered)),
    reopened_by_citizen: rows.map(({ reopenedByCitizen }) => yesOrNo(reopenedByCitizen)),
  }
  return {
    ...nothing,
    instant: (name) => instants[name] ?? none(),
    flag: (name) => flags[name] ?? none(),
    rating: rows.map(({ rating }) => (rating === null ? 0 : ratings.indexOf(rating) + 1)),
    laterAt: later.map(([one]) => millis(one?.at ?? null)),
    laterRated: later.map((each) => (each.length === 0 ? 0 : Math.min(...each.map(({ ratedAt }) => millis(ratedAt))))),
  }
}

type Keyed = { reportId: number; number?: number; validFrom: string }
const keyOf = ({ reportId, number = 0, validFrom }: Keyed): string =>
  `${reportId} ${number} ${validFrom === '-infinity' ? validFrom : Date.parse(validFrom)}`

/** For each measure the rows of its table for which its condition holds, by the database. */
async function heldBySql(db: Database, table: FigureTable, under: Under): Promise<Record<string, string[]>> {
  const names = conditioned(table)
  const number = sql.raw(table === 'facts' ? '0' : 'f.number')
  const columns = names.map((measure) => sql`(${conditionOf(measure, under)}) is true as ${sql.identifier(measure)}`)
  const rows = await run<{ key: string } & Record<string, boolean>>(
    db,
    sql`select concat_ws(' ', f.report_id, ${number}, case when isfinite(f.valid_from)
        then (extract(epoch from f.valid_from) * 1000)::bigint::text else '-infinity' end) as key,
      ${sql.join(columns, sql`, `)} from ${rowsIn(table, under)}`,
  )
  return Object.fromEntries(names.map((name) => [name, rows.flatMap((row) => (row[name] ? row.key : [])).sort()]))
}

/** The same by the evaluation in the process. */
function heldByTests(table: FigureTable, rows: readonly Keyed[], columns: RowColumns, span: Span) {
  const tests = conditioned(table).map((measure) => {
    const { where } = measureRules[measure]
    return [measure, where ? testOf(where, columns, span) : none] as const
  })
  return Object.fromEntries(
    tests.map(([measure, holds]) => [measure, rows.flatMap((row, at) => (holds(at) ? keyOf(row) : [])).sort()]),
  )
}

/** What a row shows of a moment: its state, path and holder, and whether it is valid. */
async function shownBySql(db: Database, under: Under) {
  const agency = agencyValue(agencyIn('cohort', under))
  return run<{ state: number; path: string; agency: string | null; valid: boolean }>(
    db,
    sql`select ${countedState(under)} as state, ${pathThen(under)} as path, ${agency} as agency,
      ${isValid(under)} as valid from ${rowsIn('facts', under)} order by f.report_id, f.valid_from`,
  )
}

const shownByRules = (rows: Rows['facts'], { asOf }: Span) =>
  rows.map((row) => ({
    state: countedStateNumber(stateAt(row, asOf)),
    path: pathAt(row, asOf),
    agency: (row.assignedAt ?? row.receivedAt) <= asOf ? row.agencyId : null,
    valid:
      (row.validFrom === '-infinity' || new Date(row.validFrom) <= asOf) &&
      (row.validTo === 'infinity' || asOf < new Date(row.validTo)),
  }))

/**
 * Of closes that were reopened or came after that, each measure by both: in the process from all rows, as of a month
 * that is kept in memory.
 */
async function countedAgain(db: Database, under: Under) {
  const { span, retold = null } = under
  const tally = new Tally()
  const kept = await rowsWhere(db, { from: rowsIn('closes', under), where: sql`true`, retold })
  countClosesAgain(tally, [kept], span, 'month')
  const names = Object.keys(closeParts) as (keyof typeof closeParts)[]
  const { from, where } = rowsOf('closes', under)
  const counts = names.map((measure) => sql`${countOf(measure, under)} as ${sql.identifier(measure)}`)
  const [bySql] = await run(
    db,
    sql`select ${sql.join(counts, sql`, `)} from ${from} where ${where} and (f.number > 1 or f.reopened_at is not null)`,
  )
  return { bySql, inProcess: closesIn(tally).whole }
}

/** Sometimes exactly as long as reopenings count, or a minute from it. */
const minutes = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 3_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(43_199, 43_200, 43_201) },
)
const step = (act: fc.Arbitrary<Act>) => fc.record({ act, minutes, pick: fc.nat(40) })
const anyStep = step(fc.constantFrom(...acts))
const life = (
  ['assign', 'answer', 'rate', 'reopen', 'transfer', 'answer', 'rate', 'reopen', 'merge', 'unmerge'] as const
).map((act) => step(fc.constant(act)))
/** Any acts, and in between whole lives, so that many reports are closed and rated twice, and merged for a while. */
const history = fc
  .array(fc.oneof({ weight: 3, arbitrary: anyStep.map((one) => [one]) }, { weight: 1, arbitrary: fc.tuple(...life) }), {
    minLength: 3,
    maxLength: 6,
    size: 'max',
  })
  .map((parts) => parts.flat())

/** Two of the instants that occur, often those of changes that a row keeps, or a millisecond beside them. */
const spans = fc.array(
  fc.record({
    asOf: fc.nat(),
    to: fc.nat(),
    isAgain: fc.boolean(),
    beside: fc.constantFrom(-1, 0, 0, 1),
    isPartial: fc.boolean(),
    isIssued: fc.boolean(),
  }),
  { minLength: 3, maxLength: 3 },
)

function rowsOfReports(histories: readonly ConstructorParameters<typeof Told>[0][]): Rows {
  const versions = histories.map((steps, place) => {
    const told = new Told(steps)
    const report = { head: { ...told.head, id: place + 1 }, events: told.events, clocks: told.stored() }
    return versionsOf(report, () => time)
  })
  // The incidents of these histories are no ids of the database.
  const all = <Row extends object>(rows: readonly Row[]) => rows.map((row) => ({ ...row, incidentId: null }))
  return {
    facts: all(versions.flatMap(({ facts }) => facts)),
    promises: all(versions.flatMap(({ promises }) => promises)),
    closes: all(versions.flatMap(({ closes }) => closes)),
    stays: all(versions.flatMap(({ holdingPeriods }) => holdingPeriods)),
  }
}

test('each condition says the same in the database and in the process, of random reports at random moments', async ({
  db,
}) => {
  const held = new Map<string, Set<boolean>>()
  await fc.assert(
    fc.asyncProperty(fc.array(history, { minLength: 20, maxLength: 30 }), spans, async (histories, asked) => {
      const rows = rowsOfReports(histories)
      const again = [
        ...rows.closes.filter(({ number }) => number > 1).flatMap(({ at, ratedAt }) => [at, ratedAt]),
        ...rows.closes.flatMap(({ validFrom }) => (validFrom === '-infinity' ? [] : new Date(validFrom))),
        ...rows.facts.flatMap(({ turnsAt }) => (turnsAt ?? []).map((at) => new Date(at))),
      ]
      const any = [
        ...rows.closes.flatMap(({ at, reopenedAt, ratedAt }) => [at, reopenedAt, ratedAt]),
        ...rows.promises.flatMap(({ dueAt, doneAt }) => [dueAt, doneAt]),
        ...rows.facts.flatMap((row) => [row.assignedAt, row.countedStateAt, row.maturesAt]),
      ]
      const instantIn = (instants: readonly (Date | null)[], pick: number, beside: number) => {
        const known = instants.filter((at) => at !== null && at > receivedAt)
        fc.pre(known.length > 0)
        return new Date((known[pick % known.length] ?? receivedAt).getTime() + beside)
      }
      const ids = histories.map((_, place) => place + 1)
      const { facts, promises, closes, stays } = rows
      const retold = {
        ...{ at: receivedAt, ids, part: 'all' as const },
        rows: retoldRows([{ facts, promises, closes, holdingPeriods: stays }]),
      }
      for (const { asOf: then, to: end, isAgain, beside, isPartial, isIssued } of asked) {
        const asOf = instantIn(isAgain ? again : any, then, beside)
        const to = isPartial ? instantIn(any, end, 0) : asOf
        const span: Span = { from: receivedAt, to, asOf, isPartial, issuedAt: isIssued ? asOf : null }
        const under: Under = { filters: noBoardFilters, actor: robot, span, retold }
        const columns = {
          facts: factColumns(facts, span),
          promises: promiseColumns(promises),
          closes: closeColumns(closes),
        }
        for (const table of ['facts', 'promises', 'closes'] as const) {
          const inProcess = heldByTests(table, rows[table], columns[table], span)
          expect(await heldBySql(db, table, under)).toEqual(inProcess)
          for (const [measure, those] of Object.entries(inProcess)) {
            const known = held.get(measure) ?? new Set()
            held.set(measure, known.add(those.length > 0).add(those.length === rows[table].length))
          }
        }
        expect(await shownBySql(db, under)).toEqual(shownByRules(facts, span))
        const { bySql, inProcess } = await countedAgain(db, under)
        expect(inProcess).toEqual(bySql)
      }
    }),
    // The difference names measure and rows; a smaller example would take minutes of queries.
    { numRuns: 12, endOnFailure: true },
  )
  // Each condition held for some rows, and not for others.
  const decided = measures.filter((measure) => held.get(measure)?.has(true) && held.get(measure)?.has(false))
  expect(decided).toEqual(measures.filter((measure) => measureRules[measure].where))
})
