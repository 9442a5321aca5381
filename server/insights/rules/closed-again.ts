import { localDayNumber } from '#server/platform/rules/local-day.ts'
import { ratings } from '#server/reports/rules/lifecycle.ts'
import { type Flag, type Instant, measureRules } from './measure-rules.ts'
import { type Grain, type Span, stepOfDay } from './period.ts'
import { type RowColumns, testOf } from './row-tests.ts'
import { closeParts } from './tallied-figures.ts'
import { Tally } from './tally.ts'

/**
 * Closes of reports that were reopened, column by column; instants in milliseconds, 0 for none. They are evaluated
 * here, not in the database, so that those of past months can be kept in memory. The conditions are the rules of the
 * measures (`measure-rules.ts`).
 */
export type ClosedAgain = {
  rows: number
  report: readonly number[]
  at: readonly number[]
  /** 1 is yes, 2 is no. */
  answered: readonly number[]
  reopened: readonly number[]
  /** 1 by the citizen, 2 by staff. */
  reopenedBy: readonly number[]
  /** Its rank among the ratings, from 1 on. */
  rating: readonly number[]
  rated: readonly number[]
  /** The next close of the report by the same agency that was rated: when, and when rated. */
  laterAt: readonly number[]
  laterRated: readonly number[]
  /** For which moments the row is valid; 0 is no bound. */
  validFrom: readonly number[]
  validTo: readonly number[]
  /** Times outside the figures: `from:to` separated by semicolons, an open end empty. */
  spells: readonly string[]
}

/** The subjects of each row. */
export type Subjects = {
  agency: readonly string[]
  category: readonly string[]
  area: readonly number[]
  channel: readonly string[]
  severity: readonly string[]
}
/** For each subject the set of accepted values; null accepts any. */
export type Wanted = { [Name in keyof Subjects]: ReadonlySet<Subjects[Name][number]> | null }

/** The rows that match what is wanted. */
export function rowsAbout<Part extends ClosedAgain & Subjects>(part: Part, wanted: Wanted): ClosedAgain {
  const asked = Object.entries(wanted).filter(([, values]) => values !== null) as [
    keyof Subjects,
    ReadonlySet<unknown>,
  ][]
  if (asked.length === 0) return part
  const rows: number[] = []
  for (let row = 0; row < part.rows; row += 1) {
    if (asked.every(([name, values]) => values.has(part[name][row]))) rows.push(row)
  }
  const only = <Value>(values: readonly Value[]) => rows.map((row) => values[row] as Value)
  return {
    rows: rows.length,
    report: only(part.report),
    at: only(part.at),
    answered: only(part.answered),
    reopened: only(part.reopened),
    reopenedBy: only(part.reopenedBy),
    rating: only(part.rating),
    rated: only(part.rated),
    laterAt: only(part.laterAt),
    laterRated: only(part.laterRated),
    validFrom: only(part.validFrom),
    validTo: only(part.validTo),
    spells: only(part.spells),
  }
}

const instants: Partial<Record<Instant, 'at' | 'reopened' | 'rated'>> = {
  at: 'at',
  reopened_at: 'reopened',
  rated_at: 'rated',
}
const flags: Partial<Record<Flag, 'answered' | 'reopenedBy'>> = {
  answered: 'answered',
  reopened_by_citizen: 'reopenedBy',
}

const missing = (): never => {
  throw new Error('closes have no such column')
}

/** How the conditions of measures read them. */
const columnsOf = (part: ClosedAgain): RowColumns => ({
  instant: (name) => part[instants[name] ?? missing()],
  flag: (name) => part[flags[name] ?? missing()],
  state: missing,
  agencyChanges: missing,
  rating: part.rating,
  laterAt: part.laterAt,
  laterRated: part.laterRated,
})

/** Where these are counted. */
export const placesOfCloses = ['closes', 'step closes', 'rating'] as const

/**
 * A report counts once in the period, and once in each step of it, so these do not add up by days; a rating counts
 * where no later one of the same agency follows within the period. All rows of a report are counted by one call.
 */
export function countClosesAgain(
  tally: Tally,
  parts: readonly ClosedAgain[],
  span: Span,
  grain: Grain,
  /** `weight`: -1 takes them out again. `known`: has been counted of other months of the same period. */
  { weight = 1, known }: { weight?: 1 | -1; known?: CountedMonths | undefined } = {},
): void {
  if (known) tally.addAll(known.counts)
  const before = (report: number) => (known ? bitsAmong(known.reports, report) : 0)
  countOnce(tally, parts, { span, grain, weight }, (report, holds) => holds & ~before(report))
}

/** What was counted of whole months, and for each of their reports what it was counted for. */
export type CountedMonths = {
  counts: Tally
  /** In ascending order, each `report * bitRoom + bits`. */
  reports: Float64Array
}

/** Counts months that are steps of the period, so that they can be kept. */
export function countMonths(parts: readonly ClosedAgain[], span: Span): CountedMonths {
  const counts = new Tally()
  const reports: number[] = []
  countOnce(counts, parts, { span, grain: 'month', weight: 1 }, (report, holds) => {
    reports.push(report * bitRoom + holds)
    return holds
  })
  return { counts, reports: Float64Array.from(reports) }
}

/** The last moment that a row knows: what is counted as of a later one does not depend on it. */
export function lastMomentOf(part: ClosedAgain): number {
  let last = 0
  const see = (moments: readonly number[]) => {
    for (const moment of moments) if (moment > last) last = moment
  }
  for (const moments of [part.at, part.reopened, part.rated, part.laterAt, part.laterRated]) see(moments)
  for (const moments of [part.validFrom, part.validTo]) see(moments)
  for (const spells of part.spells) if (spells !== '') see(spells.split(/[:;]/).map(Number))
  return last
}

function bitsAmong(reports: Float64Array, report: number): number {
  let [from, to] = [0, reports.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((reports[middle] as number) < report * bitRoom) from = middle + 1
    else to = middle
  }
  const found = reports[from] ?? 0
  return Math.floor(found / bitRoom) === report ? found % bitRoom : 0
}

/** `newIn`: of what a report is counted for in the period, what it has not been counted for already. */
function countOnce(
  tally: Tally,
  parts: readonly ClosedAgain[],
  { span, grain, weight }: { span: Span; grain: Grain; weight: 1 | -1 },
  newIn: (report: number, holds: number) => number,
): void {
  const [from, to, asOf] = [span.from.getTime(), span.to.getTime(), span.asOf.getTime()]
  const whole = tally.partsOf('closes', '')
  const steps = new Map<number, number>()
  const partsOf = new Map<number, number[]>()
  const stepOn = (day: number): number => {
    const step = steps.get(day) ?? stepOfDay(day, grain)
    steps.set(day, step)
    if (!partsOf.has(step)) partsOf.set(step, tally.partsOf('step closes', String(step)))
    return step
  }
  const once = new Once()
  for (const part of parts) {
    const holdsOf = holdingsOf(part, span)
    for (let row = 0; row < part.rows; row += 1) {
      const at = part.at[row] as number
      if (at < from || at >= to || at > asOf || !isValid(part, row, asOf)) continue
      if (isOut(part.spells[row] as string, asOf)) continue
      const step = stepOn(localDayNumber(at))
      const ofStep = partsOf.get(step) as number[]
      const holds = holdsOf(row)
      for (const counts of [whole, ofStep]) addAll(counts, holds & ofEachClose, weight)
      once.see(part.report[row] as number, step, holds & ofReports)
      const rating = holds & bit('rated') ? ratings[(part.rating[row] as number) - 1] : undefined
      if (rating) tally.add('rating', rating, 0, weight)
    }
  }
  once.eachNew({
    inPeriod: (report, holds) => addAll(whole, newIn(report, holds), weight),
    inStep: (step, holds) => addAll(partsOf.get(step) as number[], holds, weight),
  })
}

function isValid({ validFrom, validTo }: ClosedAgain, row: number, asOf: number): boolean {
  return asOf >= (validFrom[row] as number) && (validTo[row] === 0 || asOf < (validTo[row] as number))
}

function isOut(spells: string, asOf: number): boolean {
  if (spells === '') return false
  return spells.split(';').some((spell) => {
    const [from = '', to = ''] = spell.split(':')
    return (from === '' || Number(from) <= asOf) && (to === '' || asOf < Number(to))
  })
}

type CloseMeasure = keyof typeof closeParts
const counted = Object.keys(closeParts) as CloseMeasure[]
const bit = (measure: CloseMeasure): number => 1 << closeParts[measure]
const bitsOf = (measures: readonly CloseMeasure[]): number => measures.reduce((bits, one) => bits | bit(one), 0)
/** What counts a report once, and what counts each of its closes. */
const ofReports = bitsOf(counted.filter((measure) => measureRules[measure].distinct))
const ofEachClose = bitsOf(counted.filter((measure) => !measureRules[measure].distinct))

/** A bit for each measure that a row counts in. */
function holdingsOf(part: ClosedAgain, span: Span): (row: number) => number {
  const columns = columnsOf(part)
  const tests = counted.map((measure) => {
    const { where } = measureRules[measure]
    return { own: bit(measure), holds: where ? testOf(where, columns, span) : () => true }
  })
  return (row) => {
    let bits = 0
    for (const { own, holds } of tests) if (holds(row)) bits |= own
    return bits
  }
}

/** The places of the parts are those of the bits. */
function addAll(counts: number[], holds: number, weight: number): void {
  for (let part = 0, left = holds; left !== 0; part += 1, left >>= 1) {
    if (counts.length <= part) counts.push(0)
    if (left & 1) counts[part] = (counts[part] as number) + weight
  }
}

/** Larger than any step, and larger than any bits. */
const stepRoom = 1 << 16
const bitRoom = 1 << (Math.max(...Object.values(closeParts)) + 1)
/** Each number below is exact up to this report. */
const lastReport = Math.floor(Number.MAX_SAFE_INTEGER / stepRoom / bitRoom) - 1
if (lastReport < 500_000_000) throw new Error('too many measures of closes for one number')

type EachNew = { inPeriod: (report: number, holds: number) => void; inStep: (step: number, holds: number) => void }

/** What each report is counted for, once in the period and once in each of its steps: a bit for each measure. */
class Once {
  /**
   * Report, step and bits of every row as one number, exact up to the report 500,000,000: in ascending order the rows
   * of a report are side by side.
   */
  readonly #seen: number[] = []

  see(report: number, step: number, holds: number): void {
    this.#seen.push((report * stepRoom + step) * bitRoom + holds)
  }

  eachNew({ inPeriod, inStep }: EachNew): void {
    const seen = Float64Array.from(this.#seen).sort()
    for (let at = 0; at < seen.length; ) {
      const report = Math.floor((seen[at] as number) / (stepRoom * bitRoom))
      let ofPeriod = 0
      while (at < seen.length && Math.floor((seen[at] as number) / (stepRoom * bitRoom)) === report) {
        const ofRow = Math.floor((seen[at] as number) / bitRoom)
        let ofStep = 0
        for (; at < seen.length && Math.floor((seen[at] as number) / bitRoom) === ofRow; at += 1) {
          ofStep |= (seen[at] as number) % bitRoom
        }
        ofPeriod |= ofStep
        inStep(ofRow % stepRoom, ofStep)
      }
      inPeriod(report, ofPeriod)
    }
  }
}
