import type { Database } from '#db/client.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { dayAfter, type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { ageingBounds, workingDaysFrom } from '../rules/ageing.ts'
import { partsOf } from '../rules/figures.ts'
import { bucketsOf, type Grain, type ResolvedPeriod } from '../rules/period.ts'
import {
  agencyMediansIn,
  backlogChangesIn,
  closesIn,
  cohortIn,
  commitmentsIn,
  durationsIn,
  equalAgesIn,
  extensionsIn,
  type Forwarding,
  firstPromisesIn,
  forwardingIn,
  holdingPeriodsIn,
  intakesIn,
  isOfTotals,
  promisesIn,
  ratingsIn,
  reopeningsIn,
  stepMediansIn,
} from '../rules/tallied-figures.ts'
import { forwardingOfAgency } from './forwarding.ts'
import type { Under } from './frames.ts'
import { unmaturedReports } from './maturity.ts'
import { openReports, openTotals } from './open.ts'
import { tallyOf } from './tallied.ts'

/** The inputs of every query of one board. */
export type Reading = {
  db: Database
  period: ResolvedPeriod
  /** The reader's day: a period that is over may still be provisional. */
  today: LocalDay
  time: WorkingTime
  under: Under
}

const comingDays = 5

/** Everything counted for the period itself. */
export async function figuresNow({ db, period, time, under }: Reading) {
  const { grain, asOf } = period
  const bounds = ageingBounds(asOf, time)
  const coming = spansUpTo(workingDaysFrom(asOf, comingDays, time), localDayOf(asOf))
  const [{ tally, forwarding }, open, unmatured] = await Promise.all([
    talliedOf(db, under, grain),
    openReports(db, under, bounds, coming),
    unmaturedReports(db, under, grain),
  ])
  const cohort = cohortIn(tally)
  const promises = promisesIn(tally)
  return {
    cohort,
    parts: partsOf(cohort.steps),
    unmatured,
    durations: durationsIn(tally),
    medians: stepMediansIn(tally),
    closeMedians: agencyMediansIn(tally),
    forwarding,
    forwarded: allForwarded(forwarding),
    promises,
    promised: promises.whole,
    first: firstPromisesIn(tally),
    extensions: extensionsIn(tally),
    intakes: intakesIn(tally),
    commitments: commitmentsIn(tally),
    ages: equalAgesIn(tally),
    closes: closesIn(tally),
    reopenings: reopeningsIn(tally),
    ratings: ratingsIn(tally),
    changes: backlogChangesIn(tally),
    holdingPeriods: holdingPeriodsIn(tally),
    open,
    backlog: { open: open.whole.open, oldest: open.oldest?.receivedAt ?? null },
  }
}

async function talliedOf(db: Database, under: Under, grain: Grain, isWanted?: (place: string) => boolean) {
  const [tally, ofAgency] = await Promise.all([
    tallyOf(db, under, grain, isWanted),
    forwardingOfAgency(db, under, grain),
  ])
  return { tally, forwarding: ofAgency ?? forwardingIn(tally) }
}

const allForwarded = (rows: readonly Forwarding[]) => ({
  first: rows.reduce((sum, { first }) => sum + first, 0),
  forwarded: rows.reduce((sum, { forwarded }) => sum + forwarded, 0),
})

export type FiguresNow = Awaited<ReturnType<typeof figuresNow>>

/**
 * The figures of a period and of the one compared with, and what fell due at each agency: what the page of the morning
 * needs of a board.
 */
export async function figuresOfBoth(reading: Reading) {
  const [now, then] = await Promise.all([
    totalsOf(reading.db, reading.under, reading.period.grain, isOfMorning),
    comparedFigures(reading, isOfMorning),
  ])
  return { now, then }
}

const isOfMorning = (place: string): boolean => isOfTotals(place) || place === 'due agency' || place === 'step changes'

/**
 * The same figures of the other period, with the lines that are drawn beside those of this one; null where nothing is
 * compared.
 */
export async function comparedFigures({ db, period, under }: Reading, isWanted = isOfTotals) {
  const { comparedFrom, comparedTo, comparedAsOf } = period
  const { filters } = under
  if (!comparedFrom || !comparedTo || !comparedAsOf) return null
  const isOtherAgency = filters.compare === 'agency'
  const other: Under = {
    ...under,
    filters: isOtherAgency ? { ...filters, agency: filters.comparedAgency } : filters,
    span: { ...under.span, from: comparedFrom, to: comparedTo, asOf: comparedAsOf },
  }
  const [totals, unmatured] = await Promise.all([
    totalsOf(db, other, period.grain, isWanted),
    unmaturedReports(db, other, period.grain),
  ])
  return {
    ...totals,
    unmatured,
    steps: bucketsOf(localDayOf(comparedFrom), localDayOf(new Date(comparedTo.getTime() - 1)), period.grain),
    asOf: comparedAsOf,
  }
}

/** Every figure itself, without charts. */
async function totalsOf(db: Database, under: Under, grain: Grain, isWanted: (place: string) => boolean) {
  const [{ tally, forwarding }, backlog] = await Promise.all([
    talliedOf(db, under, grain, isWanted),
    openTotals(db, under),
  ])
  const cohort = cohortIn(tally)
  const promises = promisesIn(tally)
  return {
    cohort,
    parts: partsOf(cohort.steps),
    durations: durationsIn(tally),
    forwarded: allForwarded(forwarding),
    promises,
    promised: promises.whole,
    first: firstPromisesIn(tally),
    extensions: extensionsIn(tally),
    intakes: intakesIn(tally),
    commitments: commitmentsIn(tally),
    ages: equalAgesIn(tally),
    closes: closesIn(tally),
    changes: backlogChangesIn(tally),
    backlog,
  }
}

export type Totals = Awaited<ReturnType<typeof totalsOf>>
export type FiguresThen = NonNullable<Awaited<ReturnType<typeof comparedFigures>>>

/** What falls due on a day off is counted on the working day after it. */
function spansUpTo(days: readonly LocalDay[], today: LocalDay): { from: LocalDay; to: LocalDay }[] {
  return days.map((to, place) => {
    const before = days[place - 1]
    return { from: before ? dayAfter(before) : today, to }
  })
}
