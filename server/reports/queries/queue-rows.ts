import { type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { ClockTime } from '#server/calendars/rules/deadlines.ts'
import { alwaysOpen, minutesPerDay, openMinutesBetween } from '#server/calendars/rules/working-time.ts'
import { foundIn, type SaidTexts } from '../rules/found-in.ts'
import { type Channel, handledStates, type Rating, type ReportState, type Severity } from '../rules/lifecycle.ts'
import type { ActivityMaker } from '../rules/parts.ts'
import type { QueueCursor } from '../rules/queue.ts'
import type { ParsedQuery } from '../rules/search.ts'
import { type DeadlineView, deadlineOf } from './clock-views.ts'
import type { PutOffs } from './put-offs.ts'
import type { OfficeTimes } from './working-times.ts'

/** The columns of the table that come from the report's row alone. */
export const pageColumns: SQL = sql.join(
  [
    sql`${reports.id}, ${reports.code}, ${reports.version}, ${reports.title}, left(${reports.body}, 120) as excerpt`,
    sql`${reports.photoCount}, ${reports.categoryCode}, ${reports.areaId}, ${reports.address}, ${reports.lon}, ${reports.lat}, ${reports.state}`,
    sql`${reports.severity}, ${reports.agencyId}, ${reports.assigneeId}, ${reports.dueAt}, ${reports.soonAt}`,
    sql`${reports.pausedAt}, ${reports.receivedAt}, ${reports.lastActivityAt}, ${reports.lastActivityBy}`,
    sql`${reports.mergedCount}, ${reports.linkedCount}, ${reports.tags}, ${reports.transferCount}`,
    sql`${reports.rating}, ${reports.channel}, ${reports.incidentId}, ${reports.answeredAt}, ${reports.closedAt}, ${reports.commitmentDueAt}`,
  ],
  sql`, `,
)

/** The calendar and the time of the clock that runs for a report. */
export function clockOf(reportId: SQL): SQL {
  return sql`(select jsonb_build_array(calendar_id, time) from report_clocks k
    where k.report_id = ${reportId} and k.stopped_at is null order by k.kind desc, k.round desc limit 1)`
}

/**
 * The names for a page of rows. Subqueries in the select list, not joins: they are planned quickly and look up fifty
 * keys, where seven joins take longer to plan than to run.
 */
export const namesOfPage: SQL = sql`
  (select short_name from areas where areas.id = page.area_id) as area_name,
  (select short_name from agencies where agencies.id = page.agency_id) as agency_name,
  (select name from accounts where accounts.id = page.assignee_id) as assignee_name,
  (select json_build_object('name', name, 'nameEn', name_en) from incidents
    where incidents.id = page.incident_id) as incident_name,
  ${clockOf(sql`page.id`)} as clock`

export type PageRow = {
  id: number
  code: string
  version: number
  title: string
  excerpt: string
  photo_count: number
  category_code: string
  area_id: number | null
  address: string
  lon: number | null
  lat: number | null
  state: ReportState
  severity: Severity
  agency_id: string | null
  assignee_id: string | null
  due_at: Date | null
  soon_at: Date | null
  paused_at: Date | null
  received_at: Date
  last_activity_at: Date
  last_activity_by: ActivityMaker
  merged_count: number
  linked_count: number
  tags: string[]
  transfer_count: number
  rating: Rating | null
  channel: Channel
  incident_id: string | null
  answered_at: Date | null
  closed_at: Date | null
  commitment_due_at: Date | null
  area_name: string | null
  agency_name: string | null
  assignee_name: string | null
  incident_name: { name: string; nameEn: string } | null
  clock: [string, ClockTime] | null
  /** Texts other than the report's own words by which the search found it. */
  said?: SaidTexts | null
  keys: QueueCursor
  total: number | null
}

export type QueueRow = ReturnType<typeof queueRow>

type Shown = { times: OfficeTimes; now: Date; parsedQuery: ParsedQuery | null; putOffs: PutOffs }

/**
 * Characters. The table has space for about so many beside or below a title; the page of a report shows all of them.
 */
const excerptLength = 60

function excerptOf(body: string): string {
  const text = body.replace(/\s+/g, ' ').trim()
  return text.length <= excerptLength ? text : `${text.slice(0, excerptLength - 1).trimEnd()}…`
}

/**
 * The view model of one row: what lists show, and nothing else, because fifty of them are sent at once. The deadline is
 * computed in working minutes here, because only the server knows the calendars.
 */
export function queueRow(row: PageRow, { times, now, parsedQuery, putOffs }: Shown) {
  const found = row.said && parsedQuery ? foundIn(row.said, parsedQuery) : null
  return {
    id: row.id,
    code: row.code,
    version: row.version,
    title: row.title,
    /** Null where what the search found is shown instead. */
    excerpt: found ? null : excerptOf(row.excerpt),
    foundIn: found,
    photoCount: row.photo_count,
    categoryCode: row.category_code,
    areaId: row.area_id,
    areaName: row.area_name,
    address: row.address,
    point: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
    state: row.state,
    severity: row.severity,
    agencyName: row.agency_name,
    assigneeName: row.assignee_name,
    deadline: deadlineOfRow(row, times, now),
    /** The calendar its clock runs by; `always` runs day and night, null has none. */
    clockTime: row.clock && (row.clock[1] === 'always' ? 'always' : row.clock[0]),
    receivedAt: row.received_at,
    /** When the report was answered or closed; null where it was neither. */
    endedAt: row.answered_at ?? row.closed_at,
    /** Until when the answer to a handled report commits its agency to do more. */
    committedTo: (handledStates as readonly ReportState[]).includes(row.state) ? row.commitment_due_at : null,
    ageDays: ageOf(row, times, now),
    lastActivityAt: row.last_activity_at,
    lastActivityBy: row.last_activity_by,
    /** Those who reported the matter: column "Same place". */
    citizens: 1 + row.merged_count + row.linked_count,
    tags: row.tags,
    transferCount: row.transfer_count,
    rating: row.rating,
    channel: row.channel,
    incident: row.incident_name,
    /** The reader has put it off, and not worked on it since. */
    putOff: putOffs.get(Number(row.id)) ?? null,
  }
}

/**
 * Whole working days since receipt, on the calendar of its clock; without a running clock, on that of the city.
 */
function ageOf(row: PageRow, { calendars, city }: OfficeTimes, now: Date): number {
  const time = calendars.get(row.clock?.[0] ?? '') ?? city ?? alwaysOpen
  return Math.floor(openMinutesBetween(row.received_at, now, time) / minutesPerDay(time, now))
}

type Clocked = Pick<PageRow, 'due_at' | 'soon_at' | 'paused_at' | 'clock'>

export function deadlineOfRow(row: Clocked, { calendars, city }: OfficeTimes, now: Date): DeadlineView {
  const deadline = { dueAt: row.due_at, soonAt: row.soon_at, pausedAt: row.paused_at }
  const [calendarId, time = 'working'] = row.clock ?? []
  const working = calendars.get(calendarId ?? '') ?? alwaysOpen
  const view = deadlineOf(deadline, { time, working }, city, now)
  return { ...view, minutes: Math.floor(view.minutes * 10) / 10, soonAt: view.kind === 'overdue' ? null : view.soonAt }
}
