import type { Sql } from '#db/client.ts'
import { type ClockTime, dueOf, firstDueOf } from '#server/calendars/rules/deadlines.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { DomainError } from '#server/platform/errors.ts'
import { clockOf } from '#server/reports/clocks.ts'
import { moveRules } from '#server/reports/rules/lifecycle.ts'
import type { ReportHead } from '../rules/fact-rows.ts'
import { levelOfStep, type PromiseClock } from '../rules/promises.ts'
import type { History, LoggedEvent } from '../rules/replay.ts'

export type Times = ReadonlyMap<string, WorkingTime>
export type ReplayedReport = { head: ReportHead; history: History }

/** Some reports by their ids, or all in a range of them. */
export type Which = { ids: readonly number[] } | { from: number; to: number }

/** The inputs of the replay: the heads of some reports, their events and their clocks, in three statements. */
export async function readHistories(sql: Sql, which: Which, times: Times): Promise<ReplayedReport[]> {
  const among = (column: string) =>
    'ids' in which
      ? sql`${sql(column)} = any(${[...which.ids]}::bigint[])`
      : sql`${sql(column)} between ${which.from} and ${which.to}`
  const [heads, events, clocks] = await Promise.all([
    sql<ReportHead[]>`
      select id, received_at as "receivedAt", category_code as "categoryCode", area_id as "areaId", channel, severity,
        incident_id as "incidentId"
      from reports where ${among('id')} order by id`,
    sql<EventRow[]>`
      select report_id, at, event, actor_kind, agency_id, version, to_state,
        case when event = ${takenBack} then (details ->> 'undoes')::int end as undoes, details ->> 'agencyId' as to_agency,
        case when event = 'report.rejected' then details ->> 'reason' end as reason, details ->> 'rating' as rating,
        details ->> 'step' as step, details ->> 'batchId' as batch_id
      from events
      where ${among('report_id')}
        and (from_state is distinct from to_state or event = any(${[...withoutMove]}))
      order by report_id, id`,
    sql<ClockRow[]>`
      select id, report_id as "reportId", kind, round, calendar_id as "calendarId", time, started_at as "startedAt",
        target_minutes as "targetMinutes", extended_minutes as "extendedMinutes", pauses, spells,
        stopped_at as "stoppedAt", first_due_at as "firstDueAt", due_at as "dueAt"
      from report_clocks where ${among('report_id')} order by report_id, started_at, id`,
  ])
  const eventsOf = Map.groupBy(events, ({ report_id }) => report_id)
  const clocksOf = Map.groupBy(clocks, ({ reportId }) => reportId)
  return heads.map((head) => ({
    head,
    history: {
      receivedAt: head.receivedAt,
      events: (eventsOf.get(head.id) ?? []).map(eventOf),
      clocks: (clocksOf.get(head.id) ?? []).map((row) => promiseClock(row, times)),
    },
  }))
}

const takenBack = moveRules.take_back.event

/** Events that count and leave the state as it is. */
const withoutMove = [
  'report.answer_sent',
  'report.transferred',
  'report.handed_over',
  'report.rated',
  'report.escalated',
  takenBack,
] as const

type EventRow = {
  report_id: number
  at: Date
  event: string
  actor_kind: LoggedEvent['actorKind']
  agency_id: string | null
  version: number | null
  undoes: number | null
  to_state: LoggedEvent['toState']
  to_agency: string | null
  reason: string | null
  rating: LoggedEvent['details']['rating']
  step: string | null
  batch_id: string | null
}

const eventOf = (row: EventRow): LoggedEvent => ({
  at: row.at,
  event: row.event,
  actorKind: row.actor_kind,
  agencyId: row.agency_id,
  version: row.version,
  undoes: row.undoes,
  toState: row.to_state,
  details: {
    agencyId: row.to_agency,
    reason: row.reason,
    rating: row.rating,
    level: levelOfStep(row.step),
    batchId: row.batch_id,
  },
})

type ClockRow = Parameters<typeof clockOf>[0] & { time: ClockTime }

function promiseClock(row: ClockRow, times: Times): PromiseClock {
  const { kind, calendarId, startedAt, stoppedAt, firstDueAt, dueAt } = row
  const pauses = row.pauses.map(({ from, to }) => ({ from: new Date(from), to: to ? new Date(to) : null }))
  const pausedAt = stoppedAt === null && pauses.at(-1)?.to === null ? pauses.at(-1)?.from : undefined
  const promise = { kind, calendarId, startedAt, stoppedAt, firstDueAt, dueAt, pauses }
  return pausedAt ? { ...promise, ...dueBefore(row, pausedAt, times) } : promise
}

/** A paused clock has no known due instant, unless its time was up before it was stopped. */
function dueBefore(row: ClockRow, pausedAt: Date, times: Times): Pick<PromiseClock, 'dueAt' | 'firstDueAt'> {
  const { clock } = clockOf({ ...row, stoppedAt: pausedAt })
  const time = timeIn(times)(row.calendarId)
  const known = (due: Date | null) => (due && due <= pausedAt ? due : null)
  return { dueAt: known(dueOf(clock, time)), firstDueAt: known(firstDueOf(clock, time)) }
}

export const timeIn =
  (times: Times) =>
  (calendarId: string): WorkingTime => {
    const time = times.get(calendarId)
    if (!time) throw new DomainError('calendar_missing', { calendarId })
    return time
  }
