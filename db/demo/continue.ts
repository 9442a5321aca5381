import type { Sql } from '#db/client.ts'
import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { cityCalendarId } from './city.ts'
import { type LivedReport, liveDay, PressFigures } from './days.ts'
import { type DayPlan, fullRateFrom, planDays, reportsOn } from './rates.ts'
import type { World } from './world.ts'
import { CityWriter, rowOf } from './writer.ts'

type Before = { reports: number; until: Date }
type Known = { id: number; source_key: string; version: number }

/** How far back a report may lie whose life still goes on. */
const reachDays = 75

/** Draws the last weeks again, up to the new hour, and writes what happened since the old one. */
export async function continueDays(
  sql: Sql,
  world: World,
  { reports, until }: Before,
  onProgress?: (done: number, total: number, label: string) => void,
): Promise<void> {
  const plans = plansUpTo(world, reports)
  const from = dayAfter(localDayOf(until), -reachDays)
  const lately = plans.filter((plan) => plan.day >= from)
  const working = world.times.get(cityCalendarId) as never
  const fullFrom = fullRateFrom(localDayOf(world.first), working)
  const press = new PressFigures(plans)
  const known = await knownReports(sql, startOfDay(from))
  const writer = new CityWriter(await nextIds(sql))
  let done = 0
  for (const plan of lately) {
    await continueDay(sql, writer, plan, liveDay(world, plan, press, fullFrom), known, until)
    done += 1
    onProgress?.(done, lately.length, 'những ngày đã qua')
  }
  await writer.send(sql)
}

/** The days as they were planned at first, then at full rate. */
function plansUpTo(world: World, reports: number): DayPlan[] {
  const working = world.times.get(cityCalendarId)
  if (!working) throw new Error('the city has no calendar')
  const plans = planDays({ reports, today: world.first, seed: world.seed, working })
  const last = localDayOf(world.today)
  for (let day = dayAfter(localDayOf(world.first)); day <= last; day = dayAfter(day)) {
    plans.push({ day, reports: reportsOn(world.seed, day, working), storm: 0, isThinned: false })
  }
  return plans
}

async function continueDay(
  sql: Sql,
  writer: CityWriter,
  plan: DayPlan,
  lived: readonly LivedReport[],
  known: ReadonlyMap<string, Known>,
  until: Date,
): Promise<void> {
  const ids = new Map(
    lived.map(({ number }) => [number, known.get(`${plan.day}/${number}`)?.id ?? writer.takeId()] as const),
  )
  const idOf = (number: number) => ids.get(number) as number
  for (const report of lived) {
    const before = known.get(`${plan.day}/${report.number}`)
    if (!before) {
      if (report.life.row.receivedAt > until) writer.addNew(plan.day, report, idOf)
      continue
    }
    const versionThen = report.life.events.filter((event) => event.at <= until && event.version !== null).length
    const goesOn = report.life.events.some((event) => event.at > until)
    if (!goesOn || before.version !== versionThen) continue
    await removeParts(sql, before.id)
    await replaceRow(sql, rowOf(plan.day, report, before.id, idOf))
    writer.addEvents(plan.day, report, before.id, idOf, until)
    writer.addParts(report, before.id)
  }
}

async function knownReports(sql: Sql, since: Date): Promise<Map<string, Known>> {
  const rows = await sql<Known[]>`
    select id, source_key, version from reports where source = 'demo' and received_at >= ${since}`
  return new Map(rows.map((row) => [row.source_key, row]))
}

async function nextIds(sql: Sql) {
  const [row] = await sql<{ report: number; event: number; clock: number }[]>`
    select (select coalesce(max(id), 0) + 1 from reports) as report, (select coalesce(max(id), 0) + 1 from events) as event,
      (select coalesce(max(id), 0) + 1 from report_clocks) as clock`
  if (!row) throw new Error('no numbers')
  return row
}

/** What hangs on the report is written anew; only the log grows. */
async function removeParts(sql: Sql, id: number): Promise<void> {
  for (const table of [
    'report_photos',
    'report_clocks',
    'report_answers',
    'report_notes',
    'report_messages',
    'report_requests',
  ]) {
    await sql`delete from ${sql(table)} where report_id = ${id}`
  }
}

async function replaceRow(sql: Sql, row: ReturnType<typeof rowOf>): Promise<void> {
  const columns = {
    state: row.state,
    state_before: row.stateBefore ?? null,
    version: row.version ?? 1,
    severity: row.severity,
    agency_id: row.agencyId ?? null,
    held_by: row.heldBy ?? [],
    assignee_id: row.assigneeId ?? null,
    merged_into_id: row.mergedIntoId ?? null,
    merged_count: row.mergedCount ?? 0,
    due_at: row.dueAt ?? null,
    soon_at: row.soonAt ?? null,
    paused_at: row.pausedAt ?? null,
    answered_at: row.answeredAt ?? null,
    closed_at: row.closedAt ?? null,
    last_activity_at: row.lastActivityAt,
    last_activity_by: row.lastActivityBy,
    asked_by_id: row.askedById ?? null,
    return_count: row.returnCount ?? 0,
    transfer_count: row.transferCount ?? 0,
    reopen_count: row.reopenCount ?? 0,
    reject_reason: row.rejectReason ?? null,
    rating: row.rating ?? null,
    tags: row.tags ?? [],
  }
  await sql`update reports set ${sql(columns)} where id = ${row.id as number}`
}
