import type { Sql } from '#db/client.ts'
import { copyInto } from '#db/copy.ts'
import { dayAfter, localDayOf } from '#server/platform/rules/local-day.ts'
import { isOneLeft, type LivedReport, liveDay } from './days.ts'
import { GoingOn } from './going-on.ts'
import { planCity } from './plan.ts'
import type { DayPlan } from './rates.ts'
import type { World } from './world.ts'
import { CityWriter, type Numbered, type NumbersOf, sourceKeyOf, writeCodes } from './writer.ts'

type Before = { reports: number; until: Date }
type OnDay = (done: number, total: number) => void

/** A report in the database. */
type Known = Numbered & { source_key: string; state: string; version: number; last_activity_at: Date; events: number }
type KnownReports = ReadonlyMap<string, Known>

/** Maximum age, in days, of a report that is continued. */
const reachDays = 75

/**
 * Generates the last weeks twice, up to the previous hour and up to the current one, and writes the difference: new
 * reports, and the continuation of reports unchanged in the database. Reports changed by staff stay unchanged.
 */
export async function continueDays(sql: Sql, world: World, { reports, until }: Before, onDay: OnDay): Promise<void> {
  const city = planCity(world, reports)
  const from = dayAfter(localDayOf(until), -reachDays)
  // Reports of the thinned days were closed before the city was first seeded, except for the few left open.
  const days = city.days.filter((plan) => plan.day >= from && (!plan.isThinned || isOneLeft(world, plan)))
  const known = await knownReports(sql, days)
  const writer = new CityWriter(await nextId(sql), await lastCodes(sql, days))
  const going = new GoingOn(writer)
  for (const [done, plan] of days.entries()) {
    const before = new Map(liveDay({ ...world, today: until }, city, plan).map((lived) => [lived.number, lived]))
    const isUntouched = (number: number) => stands(known.get(sourceKeyOf(plan.day, number)), before.get(number))
    const lived = liveDay(world, city, plan, (number) => before.has(number) && !isUntouched(number))
    const numbersOf = numbersAmong(writer, plan, known)
    for (const now of lived) {
      const earlier = before.get(now.number)
      if (earlier && isUntouched(now.number)) going.add(plan.day, now, earlier, numbersOf)
      if (!earlier && !known.has(sourceKeyOf(plan.day, now.number))) writer.addNew(plan.day, now, numbersOf)
    }
    onDay(done + 1, days.length)
    await new Promise(setImmediate)
  }
  await going.removeParts(sql)
  await going.updateRows(sql)
  for (const text of writer.take()) await copyInto(sql, text)
  await writeCodes(sql, writer.lastCodes)
}

/** Whether a report was not changed since: it is exactly as generated. */
function stands(known: Known | undefined, lived: LivedReport | undefined): boolean {
  if (!known || !lived) return false
  const { row, events } = lived.life
  return (
    known.state === row.state &&
    known.version === row.version &&
    known.events === events.length &&
    known.last_activity_at.getTime() === row.lastActivityAt.getTime()
  )
}

/** The numbers of reports of a day; a new report gets the next ones. */
function numbersAmong(writer: CityWriter, { day }: DayPlan, known: KnownReports): NumbersOf {
  const given = new Map<number, Numbered>()
  return (number) => {
    const numbers = known.get(sourceKeyOf(day, number)) ?? given.get(number) ?? writer.takeNumbers(day)
    given.set(number, numbers)
    return numbers
  }
}

/**
 * The known reports, locked until the city has been continued: concurrent changes wait. Reviews of public copies do not
 * change a report.
 */
async function knownReports(sql: Sql, days: readonly DayPlan[]): Promise<KnownReports> {
  const rows = await sql<Known[]>`
    select id, code, source_key, state, version, last_activity_at,
      (select count(*)::int from events where events.report_id = reports.id
        and event not like 'report.delivery%' and event not like 'report.copy%') as events
    from reports where source = 'demo' and split_part(source_key, '/', 1) = any(string_to_array(${daysIn(days)}, ' '))
    order by id for update`
  return new Map(rows.map((row) => [row.source_key, row]))
}

async function nextId(sql: Sql): Promise<number> {
  const [row] = await sql<{ id: number }[]>`select coalesce(max(id), 0) + 1 as id from reports`
  return row?.id ?? 1
}

/** The counters of the days, with which the desk itself numbers new reports. */
async function lastCodes(sql: Sql, days: readonly DayPlan[]): Promise<Map<string, number>> {
  const rows = await sql<{ day: string; last: number }[]>`
    select day::text, last from report_codes where day = any(string_to_array(${daysIn(days)}, ' ')::date[]) for update`
  return new Map(rows.map(({ day, last }) => [day, last]))
}

const daysIn = (days: readonly DayPlan[]): string => days.map(({ day }) => day).join(' ')
