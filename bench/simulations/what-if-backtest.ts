import { compileCalendar } from '#server/calendars/rules/compiled-calendar.ts'
import type { WorkingCalendar } from '#server/calendars/rules/working-time.ts'
import { minuteMillis } from '#server/calendars/rules/zoned-days.ts'
import { finishesOf } from '#server/insights/rules/what-if/desk.ts'
import { type LoggedReport, weekMillis } from '#server/insights/rules/what-if/model.ts'
import { presentScenario, simulatorOf } from '#server/insights/rules/what-if/scenario.ts'
import { type AgencyLog, mostDays, whatIfOf } from '#server/insights/rules/what-if/what-if.ts'
import { startOfDay } from '#server/platform/rules/local-day.ts'
import { normal, poisson, randomFrom } from './random.ts'

/** An agency whose log can be read as it was at an origin, and what came of it later. */
export type TriedAgency = {
  name: string
  calendar: WorkingCalendar
  logAt(origin: Date): { log: AgencyLog; isCut: boolean } | Promise<{ log: AgencyLog; isCut: boolean }>
  came: readonly LoggedReport[]
}

export const horizons = [4, 13] as const
export const origins = 8
/** Weeks from one origin to the next. */
const apart = 4
/** A share of fewer reports says nothing of a range. */
const leastDue = 5

/** `widths`: high less low of each range, as shares of what is due. */
export type Held = { weeks: number; agencies: number; windows: number; below: number; above: number; widths: number[] }

export const coverageOf = ({ windows, below, above }: Held): number => (windows - below - above) / windows
export const medianWidth = ({ widths }: Held): number =>
  [...widths].sort((a, b) => a - b)[Math.floor(widths.length / 2)] ?? Number.NaN

/** What the page would have said at each origin with everything as it is, held against what came, by horizon. */
export async function backtest(agencies: readonly TriedAgency[], until: Date): Promise<Held[]> {
  const held = horizons.map((weeks): Held => ({ weeks, agencies: 0, windows: 0, below: 0, above: 0, widths: [] }))
  const longest = Math.max(...horizons)
  for (const { calendar, logAt, came } of agencies) {
    const tried = new Set<Held>()
    for (let origin = 0; origin < origins; origin++) {
      const from = new Date(until.getTime() - (longest + origin * apart) * weekMillis)
      const answer = whatIfOf({ ...(await logAt(from)), calendar, until: from })
      if (answer.state !== 'ready') continue
      for (const each of held) {
        const range = simulatorOf(answer, each.weeks)(presentScenario(answer.model.people))
        const end = from.getTime() + each.weeks * weekMillis
        const due = came.filter(({ beganAt, dueAt }) => beganAt >= from.getTime() && dueAt <= end)
        if (!range || due.length < leastDue) continue
        const share = due.filter(({ dueAt, doneAt }) => doneAt === null || doneAt > dueAt).length / due.length
        tried.add(each)
        each.windows += 1
        if (share < range.low) each.below += 1
        if (share > range.high) each.above += 1
        each.widths.push(range.high - range.low)
      }
    }
    for (const each of tried) each.agencies += 1
  }
  return held
}

const officeDay: [number, number][] = [
  [480, 720],
  [780, 1020],
]
const office: WorkingCalendar = {
  id: 'office',
  zone: 'Asia/Ho_Chi_Minh',
  versions: [
    {
      validFrom: '2023-01-01',
      validTo: null,
      weekly: { 1: officeDay, 2: officeDay, 3: officeDay, 4: officeDay, 5: officeDay },
    },
  ],
  days: [],
}
export const simulatedUntil = startOfDay('2026-03-02')
const openDay = 480
const openWeek = 5 * openDay
const limits = [openDay, 2 * openDay, 5 * openDay]
/** The logarithms of arrivals, work and visits change by up to so much from week to week (standard deviation). */
const mostWander = 0.04
/** A year before the first origin, and all that comes. */
const simulatedWeeks = 52 + apart * (origins - 1) + Math.max(...horizons)

/**
 * Desks with all that a log of lateness has: one to three people behind a queue, visits and approvals besides, and
 * arrivals, work and visits whose levels wander from week to week, of some agencies hardly and of others much.
 */
export function simulatedAgencies(count: number, seed: number): TriedAgency[] {
  const time = compileCalendar(office, startOfDay('2023-01-02'), simulatedUntil)
  const end = time.openBefore(simulatedUntil.getTime()) / minuteMillis
  return Array.from({ length: count }, (_, nth): TriedAgency => {
    const random = randomFrom(seed * 10_007 + nth)
    const between = (least: number, most: number) => least + (most - least) * random()
    const exponential = (mean: number) => -mean * Math.log(1 - random())
    const people = 1 + Math.floor(random() * 3)
    const perWeek = Math.exp(between(Math.log(5), Math.log(60)))
    const work = (between(0.4, 0.85) * people * openWeek) / perWeek
    const besides = between(50, 900)
    const wander = between(0, mostWander)
    const wandering = () => {
      let level = 0
      return () => {
        level = 0.98 * level + wander * normal(random)
        return Math.exp(level)
      }
    }
    const [arrivals, effort, visits] = [wandering(), wandering(), wandering()]
    const cases = Array.from({ length: simulatedWeeks }, (_, week) => {
      const begins = end - (simulatedWeeks - week) * openWeek
      const [effortNow, visitsNow] = [effort(), visits()]
      return Array.from({ length: poisson(random, perWeek * arrivals()) }, () => ({
        at: begins + openWeek * random(),
        limit: limits[Math.floor(random() * limits.length)] as number,
        length: exponential(work * effortNow),
        besides: exponential(besides * visitsNow),
      }))
    })
      .flat()
      .sort((a, b) => a.at - b.at)
    const finishes = finishesOf(
      {
        arrivals: Float64Array.from(cases, ({ at }) => at),
        due: Float64Array.from(cases, ({ at, limit }) => at + limit),
        lengths: Float64Array.from(cases, ({ length }) => length),
      },
      people,
    )
    const instant = (minutes: number) => time.reach(minutes * minuteMillis)
    const came = cases.map(({ at, limit, besides: rest }, place): LoggedReport => {
      const finished = (finishes[place] as number) + rest
      return { beganAt: instant(at), dueAt: instant(at + limit), doneAt: finished < end ? instant(finished) : null }
    })
    return {
      name: `agency ${nth}`,
      calendar: office,
      came,
      logAt(origin) {
        const from = origin.getTime() - mostDays * 86_400_000
        const reports = came.filter(({ beganAt }) => beganAt >= from && beganAt < origin.getTime())
        return { log: { reports, workBefore: () => ({ people, minutes: null }) }, isCut: false }
      },
    }
  })
}
