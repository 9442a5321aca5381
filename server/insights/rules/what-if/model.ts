import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { minuteMillis } from '#server/calendars/rules/zoned-days.ts'
import { seeded } from './chance.ts'
import { finishesOf } from './desk.ts'
import { type Level, levelOf, type WeekDue } from './level.ts'

/** A deadline of the agency as the log has it, in epoch milliseconds. */
export type LoggedReport = {
  beganAt: number
  dueAt: number
  /** Null: still open. */
  doneAt: number | null
}

/** What the log tells of the work itself. */
export type LoggedWork = {
  /** How many people handled reports on a usual day. */
  people: number
  /**
   * Minutes from one act of a person to the answer that is the next one, within half a day: values at equal steps of
   * their distribution. Null where there are too few.
   */
  minutes: readonly number[] | null
}

/** A report of the past that a simulation lets come again. */
export type PastReport = {
  /** Minutes by the clock since the beginning of its week. */
  at: number
  /** The rest in minutes of office hours: what it was allowed, what a person worked on it, and what passed besides. */
  limit: number
  work: number
  /** Waiting for others, for a visit, for an approval; negative where it was faster than the queue says. */
  besides: number
}

export type DeskModel = {
  people: number
  /** The share of their time that reports take. */
  busy: number
  /** Whether waiting times follow how much there was to do: if not, people and hours change little. */
  followsLoad: boolean
  /** Weeks of the past, oldest first. */
  weeks: readonly (readonly PastReport[])[]
  /** Open at the end of the past: due after so many minutes of office hours, with the work that each still takes. */
  backlog: readonly { due: number; work: number }[]
  /** How many of those due were late, at the end of the past. */
  level: Level
}

/** `shift`: what is added to the log odds of the simulation so that the present one is at the level of the log. */
export type AnchoredModel = DeskModel & { shift: number }

export const weekMillis = 7 * 86_400_000

/** Shares of working time that are tried. */
const tried = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1]
/** A queue that explains less than this of the waiting times does not explain them. */
const leastExplained = 0.05
/** Where the log does not tell how busy the people are. */
const busyUnknown = 0.5
const mostBusyMeasured = 0.7
/** The desk is simulated from empty, so its first weeks say nothing. */
const warmUpMillis = 2 * weekMillis
const shapeSteps = 20

type Past = { reports: readonly LoggedReport[]; work: LoggedWork; from: number; until: number; time: WorkingTime }

type Case = {
  at: number
  began: number
  limit: number
  /** What a person would work on it if reports took all of their time. */
  work: number
  /** From its beginning to its end; null while open. */
  spent: number | null
  age: number
}

/**
 * The desk that explains a stretch of the log best. How long people work on a report is in no log, so it is found: the
 * queue is simulated with the arrivals as they were, for different shares of working time, and the one is taken whose
 * waiting times leave the least of the true ones unexplained. What it leaves is kept with each report.
 */
export function fitDesk({ reports, work, from, until, time }: Past): DeskModel {
  const inside = reports.filter(({ beganAt }) => beganAt >= from && beganAt < until)
  const minutesAt = (at: number) => time.openBefore(at) / minuteMillis
  const end = minutesAt(until)
  const capacity = work.people * (end - minutesAt(from))
  const random = seeded(1)
  const shape = shapeOf(work.minutes)
  const picked = inside.map(() => shape[Math.floor(random() * shape.length)] as number)
  const scale = capacity / Math.max(1, sumOf(picked))
  const cases = inside.map(({ beganAt, dueAt, doneAt }, nth): Case => {
    const began = minutesAt(beganAt)
    return {
      at: beganAt,
      began,
      limit: minutesAt(dueAt) - began,
      work: (picked[nth] as number) * scale,
      spent: doneAt !== null && doneAt < until ? Math.max(0, minutesAt(doneAt) - began) : null,
      age: end - began,
    }
  })
  // How long each took is unknown: to tell how busy people are, all are taken to have been alike.
  const alike = cases.map((each) => ({ ...each, work: capacity / cases.length }))
  const found = busyThatExplains(alike, (share) => timesInDesk(alike, share, work.people), from + warmUpMillis)
  const busy = found ?? busyMeasured(work, capacity / Math.max(1, cases.length))
  const inDesk = timesInDesk(cases, busy, work.people)
  const besides = besidesOf(cases, inDesk)
  return {
    people: work.people,
    busy,
    followsLoad: found !== null,
    weeks: weeksOf(cases, { from, until }, ({ at, limit, work: whole }, nth, beginning) => ({
      at: (at - beginning) / minuteMillis,
      limit,
      work: whole * busy,
      besides: besides[nth] as number,
    })),
    // What the queue has not finished: who waits for others or for a visit takes no more time at the desk.
    backlog: cases.flatMap(({ began, limit, work: whole }, nth) => {
      const left = began + (inDesk[nth] as number) - end
      return left > 0 ? [{ due: began + limit - end, work: Math.min(left, whole * busy) }] : []
    }),
    level: levelOf(weeksDue(inside, { from, until })),
  }
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

/** Times of work relative to their mean: those of the log, else exponential ones. */
function shapeOf(minutes: readonly number[] | null): number[] {
  const values = minutes ?? Array.from({ length: shapeSteps }, (_, step) => -Math.log(1 - (step + 0.5) / shapeSteps))
  const mean = meanOf(values)
  if (!(mean > 0)) return shapeOf(null)
  return values.map((value) => value / mean)
}

/** How long each was in the desk, waiting and worked on, if reports take this share of the time of its people. */
function timesInDesk(cases: readonly Case[], busy: number, people: number): Float64Array {
  const arrivals = Float64Array.from(cases, ({ began }) => began)
  const due = Float64Array.from(cases, ({ began, limit }) => began + limit)
  const lengths = Float64Array.from(cases, ({ work }) => work * busy)
  return finishesOf({ arrivals, due, lengths }, people).map((finish, nth) => finish - (arrivals[nth] as number))
}

/** The share of working time whose queue explains the times spent best; null where none explains them. */
function busyThatExplains(
  cases: readonly Case[],
  timesAt: (busy: number) => Float64Array,
  since: number,
): number | null {
  const known = knownTimes(cases).filter(({ nth }) => (cases[nth] as Case).at >= since)
  const leftBy = (times: Float64Array) => varianceOf(known.map(({ nth, spent }) => spent - (times[nth] as number)))
  const whole = varianceOf(known.map(({ spent }) => spent))
  const best = tried.map((busy) => ({ busy, left: leftBy(timesAt(busy)) })).reduce((a, b) => (b.left < a.left ? b : a))
  return best.left <= whole * (1 - leastExplained) ? best.busy : null
}

/** The times spent of what has ended. A few that were forgotten for months would outweigh all others. */
function knownTimes(cases: readonly Case[]): { nth: number; spent: number }[] {
  const known = cases.flatMap(({ spent }, nth) => (spent === null ? [] : [{ nth, spent }]))
  const most = known.map(({ spent }) => spent).sort((a, b) => a - b)[Math.floor(known.length * 0.95)] ?? 0
  return known.map(({ nth, spent }) => ({ nth, spent: Math.min(spent, most) }))
}

const meanOf = (numbers: readonly number[]): number => sumOf(numbers) / Math.max(1, numbers.length)
function varianceOf(numbers: readonly number[]): number {
  const mean = meanOf(numbers)
  return meanOf(numbers.map((number) => (number - mean) ** 2))
}

/** What the times between the acts of a person say, which are too long where people also do other work. */
function busyMeasured({ minutes }: LoggedWork, perReport: number): number {
  if (!minutes || perReport === 0) return busyUnknown
  return Math.min(mostBusyMeasured, Math.max(0.05, meanOf(minutes) / perReport))
}

/**
 * What passed besides the queue. The queue of the simulation is not the true one, so the difference scatters too much:
 * it is drawn together until both together scatter as the times spent do. What is open and not yet late takes it from
 * the last one before it that was allowed about as long and had not ended at that age either; what is late will have
 * taken at least as long as it has.
 */
function besidesOf(cases: readonly Case[], inDesk: Float64Array): number[] {
  const known = knownTimes(cases)
  const left = known.map(({ nth, spent }) => spent - (inDesk[nth] as number))
  const mean = meanOf(left)
  const wanted = varianceOf(known.map(({ spent }) => spent)) - varianceOf(known.map(({ nth }) => inDesk[nth] as number))
  const drawn = Math.min(1, Math.sqrt(Math.max(0, wanted) / Math.max(1, varianceOf(left))))
  const besides = (nth: number, spent: number) => mean + drawn * (spent - (inDesk[nth] as number) - mean)
  return cases.map(({ spent, age, limit }, nth) => {
    if (spent !== null) return besides(nth, spent)
    if (age <= limit) {
      for (let before = nth - 1; before >= Math.max(0, nth - 500); before--) {
        const other = cases[before] as Case
        const isAlike = Math.abs(other.limit - limit) <= limit / 10
        if (isAlike && other.spent !== null && other.spent >= age) return besides(before, other.spent)
      }
    }
    return age - (inDesk[nth] as number)
  })
}

/** Of what fell due in each week, by what was known at the end. */
function weeksDue(reports: readonly LoggedReport[], { from, until }: Pick<Past, 'from' | 'until'>): WeekDue[] {
  const weeks = Array.from({ length: Math.ceil((until - from) / weekMillis) }, () => ({ due: 0, late: 0 }))
  for (const { dueAt, doneAt } of reports) {
    const week = weeks.at(-Math.ceil((until - dueAt) / weekMillis) || -1)
    if (dueAt > until || !week) continue
    week.due += 1
    if (doneAt === null || doneAt > dueAt) week.late += 1
  }
  return weeks
}

/** The whole weeks of a stretch, counted back from its end. */
function weeksOf(
  cases: readonly Case[],
  { from, until }: Pick<Past, 'from' | 'until'>,
  pastReport: (each: Case, nth: number, beginning: number) => PastReport,
): PastReport[][] {
  const count = Math.floor((until - from) / weekMillis)
  const weeks: PastReport[][] = Array.from({ length: count }, () => [])
  for (const [nth, each] of cases.entries()) {
    const back = Math.ceil((until - each.at) / weekMillis)
    weeks[count - back]?.push(pastReport(each, nth, until - back * weekMillis))
  }
  return weeks
}
