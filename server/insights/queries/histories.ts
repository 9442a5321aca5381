import type { Sql } from '#db/client.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { isChange } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { clockOf } from '#server/reports/clocks.ts'
import { clockFromLog, type Kept, type LoggedClock } from '#server/reports/rules/kept.ts'
import { moveRules } from '#server/reports/rules/lifecycle.ts'
import type { Outcome } from '#server/reports/rules/outcome.ts'
import type { StoredClock } from '../rules/clocks-then.ts'
import type { ReportHead } from '../rules/fact-rows.ts'
import { levelOfStep } from '../rules/promises.ts'
import type { LeftClock, LoggedEvent } from '../rules/replay.ts'
import type { LoggedReport } from '../rules/versions.ts'

export type Times = ReadonlyMap<string, WorkingTime>

/** Some reports by their ids, or all in a range of them. */
export type Which = { ids: readonly number[] } | { from: number; to: number }

/** The inputs of the replay: the heads of some reports, their events and their clocks, in three statements. */
export async function readHistories(sql: Sql, which: Which): Promise<LoggedReport[]> {
  const among = (column: string) =>
    'ids' in which
      ? sql`${sql(column)} = any(${[...which.ids]}::bigint[])`
      : sql`${sql(column)} between ${which.from} and ${which.to}`
  const [heads, events, clocks] = await Promise.all([
    sql<ReportHead[]>`
      select id, received_at as "receivedAt", matures_at as "maturesAt", category_code as "categoryCode", area_id as "areaId", channel, severity,
        incident_id as "incidentId",
        (select calendar_id from agencies where parent_id is null limit 1) as "cityCalendarId"
      from reports where ${among('id')} order by id`,
    sql<EventRow[]>`
      select report_id, at, recorded_at, event, actor_kind, agency_id, version, to_state,
        (details ->> 'undoes')::int as undoes, details ->> 'agencyId' as to_agency,
        case when event = 'report.rejected' then details ->> 'reason' end as reason, details ->> 'rating' as rating,
        details ->> 'step' as step, details ->> 'batchId' as batch_id,
        details ->> 'outcome' as outcome, details ->> 'plannedFor' as planned_for,
        case when event = 'report.extended' then (details ->> 'minutes')::int end as extended,
        case when details ?| ${[...Object.values(subjects)]} then details - 'kept' end as changes,
        nullif(jsonb_strip_nulls(jsonb_build_object('one', details #> '{kept,clock}', 'all', details #> '{kept,clocks}')), '{}') as clocks,
        details -> 'clocksLeft' as clocks_left
      from events
      where ${among('report_id')}
        and (from_state is distinct from to_state or event = any(${[...withoutMove]}) or details ?| ${[...Object.values(subjects)]})
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
    events: (eventsOf.get(head.id) ?? []).map(eventOf),
    clocks: (clocksOf.get(head.id) ?? []).map(storedClock),
  }))
}

const takenBack = moveRules.take_back.event

/** Events that count and leave the state as it is. */
const withoutMove = [
  'report.answer_sent',
  'report.followed_up',
  'report.transferred',
  'report.handed_over',
  'report.rated',
  'report.escalated',
  'report.extended',
  takenBack,
] as const

/** What a report is about, and the names of it in the log. */
const subjects = { categoryCode: 'category', areaId: 'areaId', severity: 'severity', incidentId: 'incidentId' } as const

type EventRow = {
  report_id: number
  at: Date
  recorded_at: Date | null
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
  outcome: Outcome | null
  planned_for: string | null
  extended: number | null
  changes: Record<string, unknown> | null
  clocks: KeptClocks | null
  clocks_left: LoggedLeft[] | null
}
type LoggedLeft = {
  round: number
  calendarId: string
  clock: LoggedClock
  dueAt: string | null
  firstDueAt: string | null
}
const leftClock = ({ clock, dueAt, firstDueAt, ...of }: LoggedLeft): LeftClock => ({
  ...of,
  clock: clockFromLog(clock),
  dueAt: dueAt === null ? null : new Date(dueAt),
  firstDueAt: firstDueAt === null ? null : new Date(firstDueAt),
})
/** What the event kept of clocks that it changed (`server/reports/rules/kept.ts`). */
type KeptClocks = { one?: NonNullable<Kept['clock']>; all?: NonNullable<Kept['clocks']> }

const eventOf = (row: EventRow): LoggedEvent => ({
  at: row.at,
  recordedAt: row.recorded_at,
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
    outcome: row.outcome,
    plannedFor: row.planned_for,
  },
  replaced: row.changes && replacedBy(row.changes),
  extended: row.extended,
  targets: row.clocks ? targetsBefore(row.clocks) : [],
  clocksLeft: row.clocks_left?.map(leftClock) ?? [],
})

function replacedBy(changes: Record<string, unknown>): LoggedEvent['replaced'] {
  const pairs = Object.entries(subjects).flatMap(([name, field]) => {
    const change = changes[field]
    return isChange(change) && change[0] !== change[1] ? [[name, change[0]]] : []
  })
  return pairs.length === 0 ? null : Object.fromEntries(pairs)
}

function targetsBefore({ one, all = [] }: KeptClocks): NonNullable<LoggedEvent['targets']> {
  const changed = one && one.before.minutes !== one.after.minutes
  const ofOne = changed ? [{ kind: one.kind, round: one.round, minutes: one.before.minutes }] : []
  const ofAll = all.flatMap(({ kind, round, before }) =>
    before ? [{ kind, round, minutes: before.targetMinutes - before.extendedMinutes }] : [],
  )
  return [...ofOne, ...ofAll]
}

type ClockRow = Parameters<typeof clockOf>[0]

function storedClock(row: ClockRow): StoredClock {
  const { round, calendarId, clock } = clockOf(row)
  return { round, calendarId, clock, dueAt: row.dueAt, firstDueAt: row.firstDueAt }
}

export const timeIn =
  (times: Times) =>
  (calendarId: string): WorkingTime => {
    const time = times.get(calendarId)
    if (!time) throw new DomainError('calendar_missing', { calendarId })
    return time
  }
