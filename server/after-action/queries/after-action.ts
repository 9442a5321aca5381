import { sql } from 'drizzle-orm'
import { oneOf } from '#db/schema/columns.ts'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { bulletinsIssued } from '#server/bulletins/queries/issued.ts'
import { type Incident, incidentById } from '#server/incidents/queries.ts'
import { type BreakdownCell, incidentBreakdown } from '#server/reports/queries/incident-breakdown.ts'
import { type IncidentFigures, incidentFigures } from '#server/reports/queries/incident-figures.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'
import { countsNowhere } from '#server/reports/queries/taken-back.ts'
import { handledStates, openStates, silentRejectReasons } from '#server/reports/rules/lifecycle.ts'
import { stateIs } from '#server/reports/states.ts'
import { type OpenChange, peakOf } from '../rules/peak.ts'
import { annotationsWithin } from './annotations-within.ts'
import { incidentLog, type LogEntry } from './incident-log.ts'

export type AfterAction = {
  incident: Incident
  asOf: Date
  figures: IncidentFigures | null
  /** Those that the reader sees, merged and refused ones too: the rows of its exports. */
  reports: number
  /** Everyone who reported: merged reports count here and nowhere else. */
  citizens: number
  urgent: number
  /**
   * The median of docs/numbers.md over the urgent reports, in minutes of the clock; null where so many are still open
   * that it is not reached, or where there are none.
   */
  medianMinutesToAnswer: number | null
  /** The maximum number open at the same time, and since when. */
  peak: { open: number; at: Date } | null
  bulletins: number
  breakdown: BreakdownCell[]
  hours: { at: Date; received: number; closed: number }[]
  /** The log, with the chart annotations of that time. */
  log: LogEntry[]
}

const wasOpen = stateIs(openStates, sql`e.from_state`)
const isOpen = stateIs(openStates, sql`e.to_state`)
/** Spam and tests leave the counted reports (docs/domain.md), as duplicates do, which count among citizens alone. */
const isSilent = sql`(reports.state = 'rejected' and ${oneOf(reports.rejectReason, silentRejectReasons)})`

/**
 * The after-action of an incident, as far as the reader may see its reports. Computed from the rows and the log, never
 * stored.
 */
export async function afterAction(ctx: Context, incidentId: string): Promise<AfterAction> {
  const incident = await incidentById(ctx.db, incidentId, ctx.now())
  const span = { from: incident.startsAt, to: incident.endsAt ?? ctx.now() }
  const [[figures], counts, peak, bulletins, breakdown, hours, entries, annotations] = await Promise.all([
    incidentFigures(ctx, incidentId),
    countsOf(ctx, incidentId),
    peakOpen(ctx, incidentId),
    bulletinsIssued(ctx.db, incidentId),
    incidentBreakdown(ctx, incidentId),
    hoursOf(ctx, incidentId),
    incidentLog(ctx, incidentId),
    annotationsWithin(ctx, span),
  ])
  const log = [...entries, ...annotations].sort((a, b) => a.at.getTime() - b.at.getTime())
  return { incident, asOf: ctx.now(), figures: figures ?? null, ...counts, peak, bulletins, breakdown, hours, log }
}

async function countsOf({ db, actor }: Context, incidentId: string) {
  const rows = await db.execute<{ reports: number; citizens: number; urgent: number; median: number | null }>(sql`
    select count(*)::int as reports, (count(*) filter (where not ${isSilent}) + (
        select count(*) from reports m
        where m.merged_into_id in (select id from reports where incident_id = ${incidentId} and ${visibleTo(actor)})
          and m.incident_id is distinct from ${incidentId}))::int as citizens,
      count(*) filter (where severity = 'urgent' and state <> 'merged')::int as urgent,
      nullif(percentile_disc(0.5) within group (order by coalesce(
        case when ${stateIs(handledStates)} then extract(epoch from answered_at - received_at) / 60 end, 'Infinity'))
        filter (where severity = 'urgent' and state not in ('merged', 'rejected')), 'Infinity')::float8 as median
    from reports where incident_id = ${incidentId} and ${visibleTo(actor)}`)
  const [row] = rows
  return {
    reports: row?.reports ?? 0,
    citizens: row?.citizens ?? 0,
    urgent: row?.urgent ?? 0,
    medianMinutesToAnswer: row?.median == null ? null : Math.round(row.median),
  }
}

/** From the log: a report opens when it is received or reopened, and closes when it is answered or refused. */
async function peakOpen({ db, actor }: Context, incidentId: string): Promise<AfterAction['peak']> {
  const rows = await db.execute<{ at: Date; change: number }>(sql`
    select e.at, case when e.event = 'report.received' or not ${wasOpen} then 1 else -1 end as change
    from events e join reports on reports.id = e.report_id
    where reports.incident_id = ${incidentId} and ${visibleTo(actor)} and reports.state <> 'merged' and not ${isSilent}
      and (e.event = 'report.received' or (${wasOpen}) <> (${isOpen})) and not ${countsNowhere(sql`e`)}
    order by e.at, e.id`)
  return peakOf(rows.map((row): OpenChange => ({ at: new Date(row.at), change: row.change })))
}

/**
 * By local hour, late-entered reports by when it happened; hours in which nothing was received or closed are left out.
 */
async function hoursOf({ db, actor }: Context, incidentId: string): Promise<AfterAction['hours']> {
  const rows = await db.execute<{ at: Date; received: number; closed: number }>(sql`
    select at, sum(received)::int as received, sum(closed)::int as closed from (
      select date_trunc('hour', coalesce(${reports.occurredAt}, ${reports.receivedAt}), 'Asia/Ho_Chi_Minh') as at,
        1 as received, 0 as closed
      from reports where incident_id = ${incidentId} and state <> 'merged' and not ${isSilent} and ${visibleTo(actor)}
      union all
      select date_trunc('hour', ${reports.answeredAt}, 'Asia/Ho_Chi_Minh'), 0, 1
      from reports where incident_id = ${incidentId} and state <> 'merged' and not ${isSilent} and answered_at is not null and ${visibleTo(actor)}
    ) hours group by at order by at`)
  return rows.map(({ at, ...row }) => ({ at: new Date(at), ...row }))
}
