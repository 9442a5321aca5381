import { compileCalendar } from '#server/calendars/rules/compiled-calendar.ts'
import type { WorkingCalendar, WorkingTime } from '#server/calendars/rules/working-time.ts'
import { type DeskModel, fitDesk, type LoggedReport, type LoggedWork, weekMillis } from './model.ts'
import { endless, type Prospect, weeksAhead } from './scenario.ts'
import { anchored, type Lateness, simulateLateness } from './simulate.ts'

/** What the log of an agency holds, in the order of the beginnings. */
export type AgencyLog = {
  reports: readonly LoggedReport[]
  /** The work of the whole log, and of that before an instant. */
  workBefore(until: number): LoggedWork
}

/** How the simulation of the last quarter of the log, from what was known before it, compares with what came. */
type Check = {
  from: Date
  until: Date
  predicted: Lateness
  late: number
  due: number
  result: CheckResult
}

/** `wide`: the true share lies within the range, but so would most others. */
type CheckResult = 'fits' | 'wide' | 'fails'

type Named = { agency: { id: string; name: string } }
export type WhatIf =
  /** The account sees the whole city: an agency must be chosen. */
  | { state: 'choose' }
  | (Named & { state: 'short'; days: number })
  | (Named & { state: 'few'; reports: number })
  | (Named & { state: 'crowded' })
  | (Named & Prospect & { state: 'ready'; weeks: number; reports: number; check: Check })

const dayMillis = 86_400_000
export const leastDays = 120
export const mostDays = 365
/** Of a larger agency the latest are read, if they cover the days needed. */
export const mostLogged = 12_000
export const leastBefore = 60
export const leastDue = 20
/** A range wider than this, in shares of what is due, fits nearly everything. */
export const widestFit = 0.3
/** What is sent to the browser: the latest weeks, so that a scenario is answered at once. */
const mostSent = 6_000
const leastWeeksSent = 8

type Asked = { log: AgencyLog; calendar: WorkingCalendar; until: Date; isCut: boolean }
type Without<Each, Key extends PropertyKey> = Each extends unknown ? Omit<Each, Key> : never
type Answer = Without<Exclude<WhatIf, { state: 'choose' }>, 'agency'>

/** The simulation of an agency from its log up to an instant, or why there is none. */
export function whatIfOf({ log, calendar: hours, until, isCut }: Asked): Answer {
  const end = until.getTime()
  const first = log.reports[0]?.beganAt ?? end
  const days = Math.floor((end - first) / dayMillis)
  if (days < leastDays) return isCut ? { state: 'crowded' } : { state: 'short', days }
  const weeks = steadyWeeks(log.reports, end, Math.floor((end - first) / weekMillis))
  const from = end - weeks * weekMillis
  const calendar = endless(hours)
  const time = compileCalendar(calendar, new Date(from), new Date(end + weeksAhead * weekMillis))
  const check = checkOf({ log, time, from, until: end, weeks })
  if (!check) return { state: 'few', reports: log.reports.length }
  const fitted = fitDesk({ reports: log.reports, work: log.workBefore(end), from, until: end, time })
  const reports = fitted.weeks.reduce((sum, week) => sum + week.length, 0)
  const model = anchored(asItIs(latest(fitted), { from: end, weeks: weeksAhead, time }))
  return { state: 'ready', model, from: until, calendar, weeks, reports, check }
}

/** A load below this part of that of the last quarter is another agency's: one that joins begins with few reports. */
const leastLoad = 1 / 3
const quarterWeeks = 13
const monthWeeks = 4

/** How many of the latest weeks had about the present load; never fewer than a log needs. */
function steadyWeeks(reports: readonly LoggedReport[], end: number, most: number): number {
  const counts = new Array<number>(most).fill(0)
  for (const { beganAt } of reports) {
    const back = Math.ceil((end - beganAt) / weekMillis) - 1
    if (back >= 0 && back < most) counts[back] = (counts[back] as number) + 1
  }
  const meanOf = (since: number, weeks: number) =>
    counts.slice(since, since + weeks).reduce((sum, count) => sum + count, 0) / weeks
  const least = meanOf(0, quarterWeeks) * leastLoad
  let weeks = most
  while (weeks > Math.ceil(leastDays / 7) && meanOf(weeks - monthWeeks, monthWeeks) < least) weeks -= 1
  return weeks
}

/** The weeks to come with everything as it is. */
function asItIs<Model extends DeskModel>(
  model: Model,
  { from, weeks, time }: { from: number; weeks: number; time: WorkingTime },
) {
  return { model, from, weeks, people: model.people, limits: 1, office: time, worked: time }
}

type Span = { log: AgencyLog; time: WorkingTime; from: number; until: number; weeks: number }

/** Fitted on the first three quarters, held against the last. Null where there are too few to tell. */
function checkOf({ log, time, from, until, weeks }: Span): Check | null {
  const held = Math.round(weeks / 4)
  const split = until - held * weekMillis
  const came = log.reports.filter(({ beganAt, dueAt }) => beganAt >= split && dueAt <= until)
  const before = log.reports.filter(({ beganAt }) => beganAt >= from && beganAt < split)
  if (came.length < leastDue || before.length < leastBefore) return null
  const model = fitDesk({ reports: before, work: log.workBefore(split), from, until: split, time })
  const quarter = { from: split, weeks: held, time }
  const predicted = simulateLateness(asItIs(anchored(asItIs(model, quarter)), quarter))
  if (!predicted) return null
  const late = came.filter(({ dueAt, doneAt }) => doneAt === null || doneAt > dueAt).length
  const share = late / came.length
  return {
    from: new Date(split),
    until: new Date(until),
    predicted,
    late,
    due: came.length,
    result: resultOf(predicted, share),
  }
}

function resultOf({ low, high }: Lateness, share: number): CheckResult {
  if (share < low || share > high) return 'fails'
  return high - low <= widestFit ? 'fits' : 'wide'
}

/** The model with its latest weeks only, in tenths of minutes. */
function latest(model: DeskModel): DeskModel {
  let size = 0
  const weeks = model.weeks.findLastIndex((week, nth) => {
    size += week.length
    return size > mostSent && model.weeks.length - nth > leastWeeksSent
  })
  const short = (minutes: number) => Math.round(minutes * 10) / 10
  return {
    ...model,
    weeks: model.weeks.slice(weeks + 1).map((week) =>
      week.map(({ at, limit, work, besides }) => ({
        at: short(at),
        limit: short(limit),
        work: short(work),
        besides: short(besides),
      })),
    ),
  }
}
