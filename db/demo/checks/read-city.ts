import { isDeepStrictEqual } from 'node:util'
import { asc } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import * as schema from '#db/schema/index.ts'
import type { Actor, Role } from '#server/accounts/rules/actor.ts'
import { type Clock, deadlineOf, dueOf, firstDueOf } from '#server/calendars/rules/deadlines.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { faultsOf } from './parts.ts'
import { type Ground, Replay, type ReportRow } from './replay.ts'

type ClockRow = typeof schema.reportClocks.$inferSelect

/** Replays every report of the database from its events; returns the differences. */
export async function faultsOfCity(db: Database, times: ReadonlyMap<string, WorkingTime>): Promise<string[]> {
  const ground = await readGround(db, times)
  const reports = await db.select().from(schema.reports)
  const events = groupedBy(await db.select().from(schema.events).orderBy(asc(schema.events.id)))
  const clocks = groupedBy(await db.select().from(schema.reportClocks).orderBy(asc(schema.reportClocks.id)))
  const answers = groupedBy(await db.select().from(schema.reportAnswers))
  const requests = groupedBy(await db.select().from(schema.reportRequests))
  const notes = groupedBy(await db.select().from(schema.reportNotes))
  const messages = groupedBy(await db.select().from(schema.reportMessages))
  const photos = groupedBy(await db.select().from(schema.reportPhotos))
  const followers = (key: 'mergedIntoId' | 'linkedToId') => {
    const counts = new Map<number | null, number>()
    for (const { [key]: id } of reports) counts.set(id, (counts.get(id) ?? 0) + 1)
    return (id: number) => counts.get(id) ?? 0
  }
  const [merged, linked] = [followers('mergedIntoId'), followers('linkedToId')]
  return reports.flatMap((report) => {
    const log = events(report.id)
    const replay = new Replay(ground, report, log)
    const counts = { mergedCount: merged(report.id), linkedCount: linked(report.id) }
    return [
      ...replay.faults,
      ...rowFaults(report, { ...replay.row, ...replay.clocks.deadline(), ...counts }),
      ...clockFaults(report, replay, clocks(report.id), times),
      ...faultsOf(report.code, log, {
        answers: answers(report.id),
        requests: requests(report.id),
        notes: notes(report.id),
        messages: messages(report.id),
        photos: photos(report.id),
      }),
    ]
  })
}

function rowFaults(report: ReportRow, told: Partial<ReportRow>): string[] {
  return (Object.keys(told) as (keyof ReportRow)[])
    .filter((key) => !isDeepStrictEqual(report[key], told[key]))
    .map((key) => `${report.code}: ${key} is ${String(report[key])}, by the log ${String(told[key])}`)
}

function clockFaults(
  { code, ...report }: ReportRow,
  { clocks }: Replay,
  rows: readonly ClockRow[],
  times: Ground['times'],
) {
  const told = clocks.kept.map(({ calendarId, clock }) => {
    const time = times.get(calendarId) as WorkingTime
    return { calendarId, clock, dueAt: dueOf(clock, time), firstDueAt: firstDueOf(clock, time) }
  })
  const kept = rows.map((row) => ({
    calendarId: row.calendarId,
    clock: clockOf(row),
    dueAt: row.dueAt,
    firstDueAt: row.firstDueAt,
  }))
  const running = kept.filter(({ clock }) => clock.stoppedAt === null).at(-1)
  const shown = running
    ? deadlineOf(running.clock, times.get(running.calendarId) as WorkingTime)
    : { dueAt: null, soonAt: null, pausedAt: null }
  const { dueAt, soonAt, pausedAt } = report
  return [
    ...(isDeepStrictEqual(kept, told) ? [] : [`${code}: its clocks are not those of the log`]),
    ...(isDeepStrictEqual(shown, { dueAt, soonAt, pausedAt }) ? [] : [`${code}: its row does not show its clocks`]),
  ]
}

function clockOf({ kind, startedAt, targetMinutes, extendedMinutes, stoppedAt, time, ...row }: ClockRow): Clock {
  return {
    kind,
    startedAt,
    targetMinutes,
    extendedMinutes,
    pauses: row.pauses.map(({ from, to, reason }) => ({ from: new Date(from), to: to ? new Date(to) : null, reason })),
    stoppedAt,
    time,
    spells: row.spells.map((spell) => ({ until: new Date(spell.until), time: spell.time })),
  }
}

async function readGround(db: Database, times: Ground['times']): Promise<Ground> {
  const agencies = await db.select().from(schema.agencies)
  const categories = await db.select().from(schema.categories)
  const incidents = await db.select().from(schema.incidents)
  const roles = await db.select().from(schema.accountRoles)
  const grants = Map.groupBy(roles, ({ accountId }) => accountId)
  const actorOf = (id: string, name: string): Actor => ({
    kind: 'staff',
    id,
    name,
    grants: (grants.get(id) ?? []).map(({ role, agencyId }) => ({
      role: role as Role,
      agencyId,
      agencyIds: [agencyId],
      cityWide: agencies.some((agency) => agency.id === agencyId && agency.parentId === null),
    })),
  })
  const accounts = await db.select({ id: schema.accounts.id, name: schema.accounts.name }).from(schema.accounts)
  return {
    times,
    agencies: new Map(agencies.map((agency) => [agency.id, agency])),
    categories: new Map(categories.map((category) => [category.code, category])),
    incidents: new Map(incidents.map((incident) => [incident.id, incident])),
    actors: new Map(accounts.map(({ id, name }) => [id, actorOf(id, name)])),
  }
}

function groupedBy<Row extends { reportId: number | null }>(rows: readonly Row[]): (reportId: number) => Row[] {
  const groups = Map.groupBy(rows, ({ reportId }) => reportId)
  return (reportId) => groups.get(reportId) ?? []
}
