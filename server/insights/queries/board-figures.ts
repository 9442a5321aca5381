import type { Database } from '#db/client.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { dayAfter, type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { ageingBounds, workingDaysFrom } from '../rules/ageing.ts'
import { partsOf } from '../rules/figures.ts'
import type { ResolvedPeriod } from '../rules/period.ts'
import { agencyMedians, cohortOf, durationsOf, forwardingOf, standingsOf, stepMedians } from './cohort.ts'
import type { Under } from './frames.ts'
import { backlogChanges, openReports, openTotals } from './open.ts'
import {
  closesOf,
  firstPromisesOf,
  intakesOf,
  promisesBy,
  promiseTotals,
  ratingsOf,
  reopeningsOf,
  staysBy,
} from './parts.ts'

/** What every query of one board is given. */
export type Reading = {
  db: Database
  period: ResolvedPeriod
  /** Of whoever reads: a period that is over may still be provisional. */
  today: LocalDay
  time: WorkingTime
  under: Under
}

const comingDays = 5

/** Everything counted for the period itself: statements that depend on nothing but the filters go out side by side. */
export async function figuresNow({ db, period, time, under }: Reading) {
  const { grain, asOf } = period
  const bounds = ageingBounds(asOf, time)
  const coming = spansUpTo(workingDaysFrom(asOf, comingDays, time), localDayOf(asOf))
  const [
    cohort,
    durations,
    medians,
    closeMedians,
    forwarding,
    promises,
    first,
    intakes,
    closes,
    reopenings,
    ratings,
    open,
    changes,
    stays,
  ] = await Promise.all([
    cohortOf(db, under, grain),
    durationsOf(db, under),
    stepMedians(db, under, grain),
    agencyMedians(db, under),
    forwardingOf(db, under),
    promisesBy(db, under, grain),
    firstPromisesOf(db, under),
    intakesOf(db, under),
    closesOf(db, under, grain),
    reopeningsOf(db, under, grain),
    ratingsOf(db, under),
    openReports(db, under, bounds, coming),
    backlogChanges(db, under, grain),
    staysBy(db, under),
  ])
  const forwarded = forwarding.find(({ key }) => key === null) ?? { key: null, first: 0, forwarded: 0 }
  const parts = partsOf(cohort.steps)
  const details = { medians, closeMedians, forwarding, promises, reopenings, ratings, open, changes, stays, cohort }
  return {
    ...details,
    parts,
    durations,
    forwarded,
    promised: promises.whole,
    first: first.whole,
    intakes: intakes.whole,
    closes,
    backlog: { open: open.whole.open, oldest: open.oldest?.receivedAt ?? null },
  }
}

export type FiguresNow = Awaited<ReturnType<typeof figuresNow>>

/** The same figures of the other period, without their charts; null where nothing is compared. */
export async function comparedFigures({ db, period, under }: Reading) {
  const { comparedFrom, comparedTo, comparedAsOf } = period
  const { filters, actor } = under
  if (!comparedFrom || !comparedTo || !comparedAsOf) return null
  const isOtherAgency = filters.compare === 'agency'
  const other: Under = {
    actor,
    filters: isOtherAgency ? { ...filters, agency: filters.comparedAgency } : filters,
    span: { from: comparedFrom, to: comparedTo, asOf: comparedAsOf, isPartial: period.isPartial },
  }
  const [standings, durations, forwarding, promised, first, intakes, closes, backlog] = await Promise.all([
    standingsOf(db, other),
    durationsOf(db, other),
    forwardingOf(db, other),
    promiseTotals(db, other),
    firstPromisesOf(db, other),
    intakesOf(db, other),
    closesOf(db, other, null),
    openTotals(db, other),
  ])
  return {
    parts: partsOf(standings),
    durations,
    forwarded: forwarding.find(({ key }) => key === null) ?? { key: null, first: 0, forwarded: 0 },
    promised: promised.whole,
    first: first.whole,
    intakes: intakes.whole,
    closes,
    backlog,
    asOf: comparedAsOf,
  }
}

export type FiguresThen = NonNullable<Awaited<ReturnType<typeof comparedFigures>>>

/** What falls due on a day off stands with the working day after it. */
function spansUpTo(days: readonly LocalDay[], today: LocalDay): { from: LocalDay; to: LocalDay }[] {
  return days.map((to, place) => {
    const before = days[place - 1]
    return { from: before ? dayAfter(before) : today, to }
  })
}
