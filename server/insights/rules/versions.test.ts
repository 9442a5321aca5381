import fc from 'fast-check'
import { expect, test } from 'vitest'
import { promiseClock } from './clocks-then.ts'
import { factRows } from './fact-rows.ts'
import { figuresOf } from './replay.ts'
import { pathAt, stateAt } from './seen.ts'
import { type Act, acts, receivedAt, Told, type Truth, time } from './test-histories.ts'
import { type FactVersions, type Validity, versionsOf } from './versions.ts'

const timeOf = () => time
const always = { validFrom: '-infinity', validTo: 'infinity' }

/** The rows that follow from what was true at a moment; of its closes, the reopenings are known (docs/numbers.md). */
function rowsOf(truth: Truth, later: FactVersions | null): FactVersions {
  const clocks = truth.clocks.map((clock) => promiseClock(clock, timeOf))
  const rows = factRows(truth.head, figuresOf({ ...truth.head, events: truth.events, clocks }, timeOf))
  for (const close of rows.closes) {
    const same = later?.closes.find(({ at }) => at.getTime() === close.at.getTime())
    if (same) Object.assign(close, { reopenedAt: same.reopenedAt, reopenedByCitizen: same.reopenedByCitizen })
  }
  const valid = <Row>(row: Row) => ({ ...row, ...always })
  return {
    facts: [valid(rows.facts)],
    promises: rows.promises.map(valid),
    closes: rows.closes.map(valid),
    holdingPeriods: rows.holdingPeriods.map(valid),
  }
}

/** All that the conditions of the queries can find at a moment. */
function shownAt(versions: FactVersions, at: Date) {
  const isValid = ({ validFrom, validTo }: Validity) =>
    (validFrom === always.validFrom || new Date(validFrom) <= at) &&
    (validTo === always.validTo || at < new Date(validTo))
  const known = (moment: Date | null): boolean => moment !== null && moment <= at
  const isOut = (spells: string | null) =>
    [...(spells ?? '').matchAll(/\[([^,]*),([^)]*)\)/g)].some(
      ([, from = '', to = '']) => new Date(from) <= at && (to === '' || at < new Date(to)),
    )
  const subject = (
    row: FactVersions['facts'][number] | FactVersions['closes'][number] | FactVersions['promises'][number],
  ) => [row.categoryCode, row.areaId, row.severity, row.incidentId]
  const facts = versions.facts.filter(isValid)
  const closes = versions.closes.filter(isValid).filter((row) => row.at <= at)
  const promises = versions.promises.filter(isValid)
  const due = (column: 'dueAt' | 'firstDueAt') =>
    promises
      .filter((row) => known(row[column]) && !isOut(row.outSpells))
      .map((row) => [
        row.kind,
        row[column],
        row.kind === 'intake' && row.doneAt && !known(row.doneAt) ? null : row.agencyId,
        subject(row),
        !!row.doneAt && row.doneAt <= (row[column] as Date),
        known(row.doneAt),
        column === 'dueAt' ? [row.level, !!row.firstDueAt && (row.dueAt as Date) > row.firstDueAt] : [],
      ])
  const begun = promises.filter((row) => row.beganAt <= at)
  return {
    facts: facts.map((row) => ({
      subject: subject(row),
      state: stateAt(row, at),
      path: pathAt(row, at),
      agency: known(row.assignedAt ?? row.receivedAt) ? row.agencyId : null,
      passed: known(row.assignedAt)
        ? [row.firstAgencyId, row.agencyChanges, row.forwarded, row.pingPong, row.intakeMinutes]
        : null,
      answered: known(row.firstAnswerAt) ? row.firstAnswerMinutes : null,
      closed: known(row.closedAt)
        ? [row.closeMinutes, row.closeCalendarMinutes]
        : (closes.slice(-1).map((row) => [row.minutes, row.calendarMinutes])[0] ?? [null, null]),
      due: (begun.findLast(({ kind }) => kind === 'resolution') ?? begun.at(-1))?.dueAt ?? null,
    })),
    due: due('dueAt'),
    firstDue: due('firstDueAt'),
    closes: closes
      .filter((row) => !isOut(row.outSpells))
      .map((row) => [
        row.at,
        row.number,
        row.agencyId,
        row.answered,
        row.minutes,
        subject(row),
        known(row.ratedAt) ? row.rating : null,
        row.reopenedAt,
        row.reopenedByCitizen,
      ]),
    stays: versions.holdingPeriods
      .filter(isValid)
      .filter((row) => known(row.toAt) && !isOut(row.outSpells))
      .map((row) => [row.agencyId, row.toAt, row.minutes, row.categoryCode]),
  }
}

const steps = fc.array(
  fc.record({ act: fc.constantFrom(...acts), minutes: fc.integer({ min: 1, max: 3_000 }), pick: fc.nat(40) }),
  { maxLength: 14 },
)

test('the rows valid at any moment show what was true then', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const told = new Told(taken)
      const { head, events } = told
      const versions = versionsOf({ head, events, clocks: told.stored() }, timeOf)
      const deadlines = versions.promises.flatMap(({ dueAt, firstDueAt }) => [dueAt, firstDueAt])
      const moments = [...told.truths.map(({ at }) => at), ...deadlines.filter((due) => due !== null)]
        .flatMap((at) => [at, new Date(at.getTime() + 1), new Date(at.getTime() - 1)])
        .filter((at) => at >= receivedAt)
      for (const at of moments) {
        const truth = told.truths.findLast((one) => one.at <= at) as Truth
        expect({ at, ...shownAt(versions, at) }).toEqual({ at, ...shownAt(rowsOf(truth, versions), at) })
      }
    }),
    { numRuns: 600 },
  )
})

test('a plain history keeps one row of each kind', () => {
  const plain = ['assign', 'answer', 'rate'].map((act) => ({ act: act as Act, minutes: 300, pick: 0 }))
  const told = new Told(plain)
  const { facts, promises, closes, holdingPeriods } = versionsOf(
    { head: told.head, events: told.events, clocks: told.stored() },
    timeOf,
  )
  expect([facts, promises, closes, holdingPeriods].map(({ length }) => length)).toEqual([1, 4, 1, 1])
})
