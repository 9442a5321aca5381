import { compileCalendar } from '#server/calendars/rules/compiled-calendar.ts'
import type { Interval, Weekly, WorkingCalendar, WorkingTime } from '#server/calendars/rules/working-time.ts'
import { type AddressParameters, addressWith, readerOf } from '#server/platform/rules/filters/address.ts'
import { slug } from '#server/platform/rules/filters/ids.ts'
import { type AnchoredModel, weekMillis } from './model.ts'
import { type Lateness, simulateLateness } from './simulate.ts'

/** What the sliders change: people present, limits in per cent, minutes of work more a day, work on Saturdays. */
export type Scenario = { people: number; limits: number; hours: number; saturdays: boolean }

const mostPeople = 200
/** The reach of each slider. That of people depends on how many there are. */
export const sliders = {
  limits: { least: 50, most: 200, step: 5 },
  hours: { least: -120, most: 240, step: 30 },
} as const
export const peopleReach = (people: number): number => Math.min(mostPeople, Math.max(10, 3 * people))

export const presentScenario = (people: number): Scenario => ({ people, limits: 100, hours: 0, saturdays: false })

/** How far ahead a scenario looks. */
export const weeksAhead = 13

/** Null: the agency of the account; people null: as many as there are. */
export type WhatIfAddress = Omit<Scenario, 'people'> & { agency: string | null; people: number | null }

/** Reads a scenario from an address. What is out of reach is as at present: an old or mistyped link still opens. */
export function parseWhatIf(parameters: AddressParameters): WhatIfAddress {
  const read = readerOf(parameters)
  const within = (name: string, { least, most, step }: { least: number; most: number; step: number }) => {
    const text = read(name)[0] ?? ''
    const value = /^-?\d{1,4}$/.test(text) ? Number(text) : null
    return value !== null && value >= least && value <= most && (value - least) % step === 0 ? value : null
  }
  return {
    agency: slug.read(read('agency')[0] ?? ''),
    people: within('people', { least: 1, most: mostPeople, step: 1 }),
    limits: within('limits', sliders.limits) ?? 100,
    hours: within('hours', sliders.hours) ?? 0,
    saturdays: read('saturdays')[0] === 'yes',
  }
}

/** The shortest address of a scenario: only what differs from the present one, always in the same order. */
export function whatIfAddress({ agency, people, limits, hours, saturdays }: WhatIfAddress): string {
  return addressWith(
    '/insights/what-if',
    new URLSearchParams({
      ...(agency !== null && { agency }),
      ...(people !== null && { people: String(people) }),
      ...(limits !== 100 && { limits: String(limits) }),
      ...(hours !== 0 && { hours: String(hours) }),
      ...(saturdays && { saturdays: 'yes' }),
    }),
  )
}

/** The hours in which people work: longer or shorter days, and Saturday mornings that are no holidays. */
function workedCalendar(calendar: WorkingCalendar, { hours, saturdays }: Scenario): WorkingCalendar {
  const weeklyOf = (weekly: Weekly): Weekly => {
    const days = saturdays && !weekly['6']?.length ? { ...weekly, 6: morningOf(weekly) } : weekly
    return Object.fromEntries(Object.entries(days).map(([day, intervals]) => [day, prolonged(intervals, hours)]))
  }
  return { ...calendar, versions: calendar.versions.map((each) => ({ ...each, weekly: weeklyOf(each.weekly) })) }
}

const leastMinutes = 30

function prolonged(intervals: readonly Interval[], minutes: number): Interval[] {
  const last = intervals.reduce((at, [, end], nth) => (end > (intervals[at]?.[1] ?? 0) ? nth : at), 0)
  return intervals.map(([start, end], nth) =>
    nth === last ? [start, Math.min(1440, Math.max(start + leastMinutes, end + minutes))] : [start, end],
  )
}

/** The first hours of the first day that has any. */
function morningOf(weekly: Weekly): Interval[] {
  const usual = ['1', '2', '3', '4', '5'].map((day) => weekly[day] ?? []).find((hours) => hours.length > 0) ?? []
  return [...usual].sort((a, b) => a[0] - b[0]).slice(0, 1)
}

/** Of a calendar whose last hours have an end it is assumed that they go on. */
export function endless(calendar: WorkingCalendar): WorkingCalendar {
  const last = calendar.versions.reduce((a, b) => (b.validFrom > a.validFrom ? b : a))
  return { ...calendar, versions: calendar.versions.map((each) => (each === last ? { ...each, validTo: null } : each)) }
}

export type Prospect = { model: AnchoredModel; from: Date; calendar: WorkingCalendar }

/** Answers scenarios of one agency; calendars are compiled once for each choice of hours. */
export function simulatorOf(
  { model, from, calendar }: Prospect,
  weeks = weeksAhead,
): (scenario: Scenario) => Lateness | null {
  const until = new Date(from.getTime() + weeks * weekMillis)
  const times = new Map<string, WorkingTime>()
  const timeOf = (scenario: Scenario): WorkingTime => {
    const key = `${scenario.hours} ${scenario.saturdays}`
    const time = times.get(key) ?? compileCalendar(workedCalendar(calendar, scenario), from, until)
    times.set(key, time)
    return time
  }
  return (scenario) =>
    simulateLateness({
      model,
      from: from.getTime(),
      weeks,
      people: scenario.people,
      limits: scenario.limits / 100,
      // Deadlines run in the hours of the office, however long people work.
      office: timeOf(presentScenario(scenario.people)),
      worked: timeOf(scenario),
    })
}
