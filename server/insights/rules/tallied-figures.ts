import { type Rating, ratings } from '#server/reports/rules/lifecycle.ts'
import type { Commitments } from './board.ts'
import { ofPlainNumber } from './counted-state.ts'
import { Spread } from './spread.ts'
import type { Tally } from './tally.ts'

/** Stands for a duration that is not reached: it sorts last. */
export const endless = 2_147_483_647

/** This many reports of one value of one dimension in the same counted state. */
type CohortCell<Key> = { key: Key; countedState: number; count: number }

const number = (key: string): number => Number(key)
const wordOrNull = (key: string): string | null => (key === '' ? null : key)
const numberOrNull = (key: string): number | null => (key === '0' ? null : Number(key))
const word = (key: string): string => key

/** What was received in the period by each dimension and counted state. */
export function cohortIn(tally: Tally) {
  const cells = <Key>(
    place: string,
    keyOf: (key: string) => Key,
    stateOf: (part: number) => number = ofPlainNumber,
  ): CohortCell<Key>[] =>
    tally
      .keysOf(place)
      .flatMap(([key, parts]) =>
        parts.flatMap((count, part) => (count === 0 ? [] : [{ key: keyOf(key), countedState: stateOf(part), count }])),
      )
  return {
    steps: cells('step cohort', number, (state) => state),
    agencies: cells('agency', wordOrNull),
    categories: cells('category', word),
    areas: cells('area', numberOrNull),
    channels: cells('channel', word),
    hours: cells('hour', number),
    paths: cells('path', word),
  }
}

/** Median and 90th percentile; null: not reached. */
type Quantiles = { median: number | null; p90: number | null }

const reached = (minutes: number | undefined): number | null =>
  minutes === undefined || minutes === endless ? null : minutes

const spreadsIn = (tally: Tally, place: string) => [...(tally.spreads.get(place) ?? [])]

function wholeSpread(tally: Tally, place: string): Spread {
  const spreads = spreadsIn(tally, place)
  const [[, only] = []] = spreads
  if (only && spreads.length === 1) return only
  const whole = new Spread()
  for (const [, spread] of spreads) whole.addAll(spread)
  return whole
}

/** Percentiles are those of the whole cohort, each a value that occurred. */
export function durationsIn(tally: Tally) {
  const quantiles = (place: string): Quantiles & { spread: Spread } => {
    const spread = wholeSpread(tally, place)
    const [median, p90] = spread.quantiles([0.5, 0.9])
    return { median: reached(median), p90: reached(p90), spread }
  }
  const come = (part: number) => tally.part('come', '', part)
  return {
    first_answer: quantiles('step first_answer'),
    close: quantiles('step close'),
    close_calendar: quantiles('close_calendar'),
    intake: quantiles('intake'),
    first_answered: come(0),
    ended: come(1),
    taken_in: come(2),
    assigned: come(2),
    changed_twice: come(3),
    ping_pong: come(4),
    changes: wholeSpread(tally, 'changes').quantiles([0.5])[0] ?? null,
  }
}

/** The two medians of the cards, step by step. */
export function stepMediansIn(tally: Tally): { key: number; first_answer: number | null; close: number | null }[] {
  const answers = tally.spreads.get('step first_answer')
  return spreadsIn(tally, 'step close').map(([step, close]) => ({
    key: Number(step),
    first_answer: reached(answers?.get(step)?.quantiles([0.5])[0]),
    close: reached(close.quantiles([0.5])[0]),
  }))
}

/** The median to close by the agency at close. */
export const agencyMediansIn = (tally: Tally): { key: string | null; close: number | null }[] =>
  spreadsIn(tally, 'close by agency').map(([key, spread]) => ({
    key: wordOrNull(key),
    close: reached(spread.quantiles([0.5])[0]),
  }))

export type Forwarding = { key: string; first: number; forwarded: number }

/** By the agency that had it first: how much it passed on. */
export const forwardingIn = (tally: Tally): Forwarding[] =>
  tally
    .keysOf('forwarding')
    .filter(([, [first = 0]]) => first !== 0)
    .map(([key, [first = 0, forwarded = 0]]) => ({ key, first, forwarded }))

type PromiseCounts = {
  promises_due: number
  promises_kept: number
  promises_missed: number
  closed_promises: number
  closed_promises_kept: number
}

const promiseCounts = ([
  due = 0,
  kept = 0,
  missed = 0,
  closed = 0,
  closedKept = 0,
]: readonly number[]): PromiseCounts => ({
  promises_due: due,
  promises_kept: kept,
  promises_missed: missed,
  closed_promises: closed,
  closed_promises_kept: closedKept,
})

/** The promises that fell due, by each dimension. */
export function promisesIn(tally: Tally) {
  const cells = <Key>(place: string, keyOf: (key: string) => Key) =>
    tally
      .keysOf(place)
      .filter(([, [due = 0]]) => due !== 0)
      .map(([key, parts]) => ({ key: keyOf(key), ...promiseCounts(parts) }))
  const steps = cells('step due', number)
  const whole = promiseCounts([])
  for (const step of steps) {
    for (const name of Object.keys(whole) as (keyof PromiseCounts)[]) whole[name] += step[name]
  }
  return {
    whole,
    steps,
    agencies: cells('due agency', wordOrNull),
    categories: cells('due category', word),
    areas: cells('due area', numberOrNull),
    channels: cells('due channel', word),
    levels: cells('due level', number),
  }
}

export const firstPromisesIn = (tally: Tally) => ({
  first_promises_due: tally.part('firstDue', '', 0),
  first_promises_kept: tally.part('firstDue', '', 1),
})

/** How many of the promises that fell due had been extended. */
export const extensionsIn = (tally: Tally): number => tally.part('extended', '', 0)

export const intakesIn = (tally: Tally) => ({
  intakes_due: tally.part('intakes', '', 0),
  intakes_kept: tally.part('intakes', '', 1),
})

/** The commitments whose day passed in the period: each was kept, moved or broken. */
export const commitmentsIn = (tally: Tally): Commitments => ({
  kept: tally.part('commitments', '', 0),
  moved: tally.part('commitments', '', 1),
  broken: tally.part('commitments', '', 2),
})

/** Of the reports that reached an age, how many had come so far. */
export const equalAgesIn = (tally: Tally) => ({
  reached_answer_age: tally.part('answerAges', '', 0),
  answered_by_age: tally.part('answerAges', '', 1),
  reached_close_age: tally.part('closeAges', '', 0),
  closed_by_age: tally.part('closeAges', '', 1),
})

/** The parts of what was closed, by their places. */
export const closeParts = {
  closes: 0,
  closed_reports: 1,
  reopened: 2,
  reopened_by_citizen: 3,
  reopened_by_staff: 4,
  answered_reports: 5,
  rated: 6,
  rated_content: 7,
} as const
type CloseCounts = Record<keyof typeof closeParts, number>

const closeCounts = (parts: readonly number[]): CloseCounts =>
  Object.fromEntries(Object.entries(closeParts).map(([name, part]) => [name, parts[part] ?? 0])) as CloseCounts

/** What was closed in the period and what happened to it afterwards. */
export const closesIn = (tally: Tally) => ({
  whole: closeCounts(tally.partsOf('closes', '')),
  steps: tally.keysOf('step closes').map(([step, parts]) => ({ step: Number(step), ...closeCounts(parts) })),
})

const stepsIn = (tally: Tally, place: string) =>
  tally.keysOf(place).map(([step, [count = 0]]) => ({ step: Number(step), count }))

export const reopeningsIn = (tally: Tally) => stepsIn(tally, 'step reopenings')
export const backlogChangesIn = (tally: Tally) => stepsIn(tally, 'step changes')

/** Ratings of the period's answers, one by one. */
export const ratingsIn = (tally: Tally): { rating: Rating; count: number }[] =>
  ratings.map((rating) => ({ rating, count: tally.part('rating', rating, 0) }))

/** The working time for which agencies held the reports that left them in the period. */
export const holdingPeriodsIn = (
  tally: Tally,
): { agencyId: string; holdingPeriods: number; minutes: number; median: number }[] =>
  spreadsIn(tally, 'stays')
    .map(([agencyId, spread]) => {
      const { count: holdingPeriods, sum: minutes } = spread.totals()
      return { agencyId, holdingPeriods, minutes, median: spread.quantiles([0.5])[0] ?? 0 }
    })
    .filter(({ holdingPeriods }) => holdingPeriods > 0)
    .sort((a, b) => b.minutes - a.minutes || (a.agencyId < b.agencyId ? -1 : 1))

/** The places that figures without charts are made of, except for the two lines that are drawn for comparison. */
const placesOfTotals: readonly string[] = [
  'step cohort',
  'come',
  'step first_answer',
  'step close',
  'close_calendar',
  'intake',
  'changes',
  'forwarding',
  'step due',
  'extended',
  'firstDue',
  'intakes',
  'commitments',
  'answerAges',
  'closeAges',
  'closes',
  'step closes',
]
export const isOfTotals = (place: string): boolean => placesOfTotals.includes(place)
