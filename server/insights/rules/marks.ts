import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { outcomes } from '#server/reports/rules/outcome.ts'
import type {
  AgencyRow,
  AreaRow,
  Board,
  BoardHeader,
  Charts,
  Explanation,
  Figure,
  FlowPoint,
  HandledParts,
  HandledPoint,
  KpiFigure,
  Matured,
  Share,
} from './board.ts'
import type { ExportCard } from './board-export.ts'
import type { CaseMix } from './case-mix.ts'
import {
  type DataPoint,
  type DataPointCell,
  type DeadlineBucket,
  drillDownAddress,
  type Measure,
  overdueBuckets,
} from './data-point.ts'
import { commitmentFates, type HandledPart, handledParts, kpiIds, outcomeMeasures } from './definitions.ts'
import { handledOf } from './figures.ts'

/** A number with the reports, promises, closes or holding periods it counts. */
export type Counted = { dataPoint: DataPoint; count: number }

/** How the number of a mark is written; each follows from numbers that count reports, except for a duration. */
export type Shown =
  | { as: 'count' }
  /** A part of a whole: a percentage or, of few, a fraction. */
  | { as: 'share'; part: Counted; whole: Counted }
  /** One of the parts that sum to the whole: their percentages sum to 100. */
  | { as: 'even'; place: number; all: readonly Counted[] }
  | { as: 'kpi'; kpi: KpiFigure }
  | { as: 'duration'; minutes: number }

declare const declared: unique symbol

/**
 * A figure, bar, cell, map area or flow of the board: what it opens, and how its number is written. Marks are made in
 * this file alone and the links of the board take nothing else, so the contract test knows all of them
 * (`golden/contract.test.ts`; those of the page of today: `today.test.ts`).
 */
export type Mark = Counted & { shown: Shown; readonly [declared]: true }

/** The reports of a mark; null: it counts none. */
export const markAddress = (
  { filters, asOf }: Pick<BoardHeader, 'filters' | 'asOf'>,
  { dataPoint, count }: Mark,
): string | null => (count > 0 ? drillDownAddress({ dataPoint, filters, asOf }) : null)

const markOf = ({ dataPoint, count }: Counted, shown: Shown = { as: 'count' }): Mark =>
  ({ dataPoint, count, shown }) as Mark

const counted = (count: number, measure: Measure, by?: DataPointCell): Counted => ({
  dataPoint: by ? { measure, by } : { measure },
  count,
})
const countMark = (count: number, measure: Measure, by?: DataPointCell): Mark => markOf(counted(count, measure, by))
const shareMark = (part: Counted, whole: Counted, opens = part): Mark => markOf(opens, { as: 'share', part, whole })

/** One of the parts of a whole that are written as percentages. */
const evenMark = (all: readonly Counted[], place: number): Mark =>
  markOf(all[place] as Counted, { as: 'even', place, all })

/** A figure, and numerator and denominator beside it. Of a duration the numerator are those that have it. */
export function kpiMarks(kpi: KpiFigure): {
  figure: Mark
  numerator: Mark
  denominator: Mark | null
  matured: Mark | null
  allMatured: Mark | null
  notYet: Mark | null
} {
  const { numerator, denominator, marks, matured } = kpi
  return {
    figure: markOf(counted(numerator, marks.numerator), { as: 'kpi', kpi }),
    numerator: countMark(numerator, marks.numerator),
    denominator: marks.denominator && denominator !== null ? countMark(denominator, marks.denominator) : null,
    allMatured: matured && countMark(matured.of, 'matured'),
    ...(matured ? maturedMarks(matured) : { matured: null, notYet: null }),
  }
}

/** The share that a target is compared with, and beside it what cannot be judged yet. */
const maturedMarks = ({ handled, of, notYet }: Matured, by?: DataPointCell) => ({
  matured: shareMark(counted(handled, 'matured_handled', by), counted(of, 'matured', by)),
  notYet: countMark(notYet, 'unmatured', by),
})

/** "Percentage handled" in its parts. */
export function handledMarks(parts: HandledParts) {
  const all = handledParts.map((part) => counted(parts[part], part))
  return handledParts.map((part, place) => ({ part, mark: evenMark(all, place) }))
}

/** What became of those handled; their sum is the numerator of "percentage handled". */
export function outcomeMarks(now: Board['outcomes']['now']) {
  const all = outcomes.map((outcome) => counted(now[outcome], outcomeMeasures[outcome]))
  return outcomes.map((outcome, place) => ({ outcome, mark: evenMark(all, place) }))
}

/** Of a change explained by outcomes: how many of those received now were handled with each of them. */
export function explainedMarks({ dimension, contributions }: Pick<Explanation, 'dimension' | 'contributions'>) {
  return contributions.map(({ key, now }) => {
    const outcome = dimension === 'outcome' ? outcomes.find((each) => each === key) : undefined
    if (!outcome || now.denominator === null) return null
    return shareMark(counted(now.numerator, outcomeMeasures[outcome]), counted(now.denominator, 'received'))
  })
}

export function commitmentMarks(now: Board['commitments']['now']) {
  const all = commitmentFates.map((fate) => counted(now[fate], `commitments_${fate}`))
  return commitmentFates.map((fate, place) => ({ fate, mark: evenMark(all, place) }))
}

export function ratingMarks(ratings: Charts['ratings']) {
  const all = ratings.map(({ rating, count }) => counted(count, 'rated', { rating }))
  return ratings.map(({ rating }, place) => ({ rating, mark: evenMark(all, place) }))
}

const daysOf = ({ from, to }: { from: string; to: string }): DataPointCell => ({ days: { from, to } })

export function flowMarks(step: FlowPoint) {
  const by = daysOf(step)
  return {
    received: countMark(step.received, 'received', by),
    closed: countMark(step.closed, 'closes', by),
    reopened: countMark(step.reopened, 'reopenings', by),
  }
}

export function handledStepMarks(step: HandledPoint) {
  const by = daysOf(step)
  const parts = handledParts.map((part) => [part, countMark(step.parts[part], part, by)] as const)
  return {
    received: countMark(step.received, 'received', by),
    handled: countMark(handledOf(step.parts), 'handled', by),
    ...maturedMarks(step.matured, by),
    ...(Object.fromEntries(parts) as Record<HandledPart, Mark>),
  }
}

/** A row of the rankings, and an area of the map. On time opens all promises that fell due, kept or not. */
export function shareMarks({ received, parts, due, kept, open }: Share, by: DataPointCell) {
  const [all, fell] = [counted(received, 'received', by), counted(due, 'promises_due', by)]
  return {
    handled: shareMark(counted(handledOf(parts), 'handled', by), all),
    received: markOf(all),
    onTime: shareMark(counted(kept, 'promises_kept', by), fell, fell),
    open: countMark(open, 'backlog', by),
  }
}

/** Of an agency that is compared with others: all its promises that fell due, and those missed. */
export function caseMixMarks({ id, due, missed }: CaseMix['agencies'][number]) {
  const [all, late] = [counted(due, 'promises_due', { agency: id }), counted(missed, 'promises_missed', { agency: id })]
  return { due: markOf(all), missed: markOf(late), share: shareMark(late, all) }
}

/** Open at the moment of the page of today: urgent and overdue, at an agency or wherever. Null: at none. */
export const urgentOverdueMark = (count: number, agency?: string | null): Mark =>
  countMark(count, 'overdue', { ...atAgency(agency), severity: 'urgent' })

/** The others that are overdue. */
export const otherOverdueMark = (count: number, agency?: string): Mark =>
  countMark(count, 'overdue', { ...atAgency(agency), severity: 'not_urgent' })

/** What falls due on the rest of a day. */
export const dueTodayMark = (count: number, day: LocalDay, agency?: string): Mark =>
  countMark(count, 'coming_due', { ...atAgency(agency), days: { from: day, to: day } })
export const urgentTodayMark = (count: number, day: LocalDay, agency: string | null): Mark =>
  countMark(count, 'coming_due', { ...atAgency(agency), days: { from: day, to: day }, severity: 'urgent' })

const atAgency = (agency?: string | null): DataPointCell => (agency === undefined ? {} : agencyCell({ id: agency }))

type Surge = { category: string; area: number | null; came: DataPointCell['came'] }

/** What came in of one kind in one commune between two instants, at an agency or wherever. */
export const surgeMark = (count: number, { category, area, came }: Surge, agency?: string): Mark =>
  countMark(count, 'received', { ...atAgency(agency), ...areaCell({ id: area }), category, ...(came && { came }) })

/** The promises of an agency that it missed, and all that fell due. */
export const agencyPromisesMarks = (agency: string, { numerator, denominator }: Figure) => ({
  missed: countMark((denominator ?? 0) - numerator, 'promises_missed', { agency }),
  due: countMark(denominator ?? 0, 'promises_due', { agency }),
})

export const agencyCell = ({ id }: Pick<AgencyRow, 'id'>): DataPointCell => ({ agency: id ?? 'none' })
export const areaCell = ({ id }: Pick<AreaRow, 'id'>): DataPointCell => ({ area: id ?? 'none' })

export const ageingMarks = ({ byAge, byDeadline }: Charts['ageing']) => ({
  byAge: byAge.map(({ bucket, count }) => ({ bucket, mark: countMark(count, 'backlog', { age: bucket }) })),
  byDeadline: byDeadline.map(({ bucket, count }) => ({
    bucket,
    mark: countMark(count, 'backlog', { standing: bucket }),
  })),
})

/** Of the open reports, those past their promise, and those whose promise ends today. */
export function backlogMarks({ byDeadline }: Charts['ageing']) {
  const of = (buckets: readonly DeadlineBucket[]) =>
    byDeadline.reduce((sum, { bucket, count }) => (buckets.includes(bucket) ? sum + count : sum), 0)
  return {
    overdue: countMark(of(overdueBuckets), 'backlog', { standing: 'overdue' }),
    today: countMark(of(['today']), 'backlog', { standing: 'today' }),
  }
}

export function comingMarks({ from, day, count, urgent }: Charts['coming'][number]) {
  const by = daysOf({ from, to: day })
  return {
    all: countMark(count, 'coming_due', by),
    urgent: countMark(urgent, 'coming_due', { ...by, severity: 'urgent' }),
  }
}

export const hourMarks = (hours: readonly number[]): Mark[] =>
  hours.map((count, hour) => countMark(count, 'received', { hour }))

export const missedMark = ({ level, count }: Charts['missed'][number]): Mark =>
  countMark(count, 'promises_missed', { level })

/** How often, as the cell says; the reports are fewer where one went the same way again. */
export const moveMark = ({ from, to, count }: Charts['moves'][number]): Mark =>
  countMark(count, 'moved', { move: { from, to } })

export function holdingPeriodMarks({ agency, holdingPeriods, median }: Charts['holdingPeriods'][number]) {
  const all = counted(holdingPeriods, 'stays', { agency: agency.id })
  return { count: markOf(all), median: markOf(all, { as: 'duration', minutes: median }) }
}

export function forwardingMarks(row: Pick<AgencyRow, 'id' | 'first' | 'forwarded'>) {
  const [passed, first] = [
    counted(row.forwarded, 'forwarded', agencyCell(row)),
    counted(row.first, 'first_given', agencyCell(row)),
  ]
  return { share: shareMark(passed, first), forwarded: markOf(passed), first: markOf(first) }
}

const all = (marks: Record<string, Mark | null>): Mark[] => Object.values(marks).filter((mark) => mark !== null)

/**
 * The marks of each card. No reports are opened by: the figures of the period compared with, which its own board opens;
 * the backlog at the end of a past step, which is that of the board of that day; contributions to a change, which are
 * differences; annotations and the use of the app.
 */
export const marksOfCard: Record<ExportCard, (board: Board) => Mark[]> = {
  kpis: ({ kpis, charts }) => [
    ...kpiIds.flatMap((id) => all(kpiMarks(kpis[id]))),
    ...Object.values(backlogMarks(charts.ageing)),
  ],
  parts: ({ parts }) => handledMarks(parts.now).map(({ mark }) => mark),
  outcomes: ({ outcomes: { now } }) => outcomeMarks(now).map(({ mark }) => mark),
  flow: ({ charts }) => charts.flow.flatMap((step) => all(flowMarks(step))),
  coming: ({ charts }) => charts.coming.flatMap((day) => all(comingMarks(day))),
  agencies: ({ charts }) => charts.agencies.flatMap((row) => all(shareMarks(row, agencyCell(row)))),
  // Its marks are those of `explainedMarks`: it is read apart from the board, as the next one is.
  explain: () => [],
  // Its marks are those of `caseMixMarks`.
  caseMix: () => [],
  handled: ({ charts }) => charts.handled.flatMap((step) => all(handledStepMarks(step))),
  categories: ({ charts }) => charts.categories.flatMap((row) => all(shareMarks(row, { category: row.code }))),
  areas: ({ charts }) => charts.areas.flatMap((row) => all(shareMarks(row, areaCell(row)))),
  ageing: ({ charts }) => Object.values(ageingMarks(charts.ageing)).flatMap((scale) => scale.map(({ mark }) => mark)),
  hours: ({ charts }) => hourMarks(charts.hours),
  channels: ({ charts }) => charts.channels.flatMap((row) => all(shareMarks(row, { channel: row.channel }))),
  stays: ({ charts }) => charts.holdingPeriods.flatMap((row) => all(holdingPeriodMarks(row))),
  forwarding: ({ charts }) => charts.agencies.flatMap((row) => all(forwardingMarks(row))),
  moves: ({ charts }) => charts.moves.map(moveMark),
  missed: ({ charts }) => charts.missed.map(missedMark),
  ratings: ({ charts }) => ratingMarks(charts.ratings).map(({ mark }) => mark),
  commitments: ({ commitments: { now } }) => commitmentMarks(now).map(({ mark }) => mark),
  annotations: () => [],
  usage: () => [],
}
