import { and, asc, eq, gt, gte, inArray } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { events, incidents } from '#db/schema/index.ts'
import type { ClockTime } from '#server/calendars/rules/deadlines.ts'
import { isChange } from '#server/events/rules/changes.ts'
import type { Severity } from './rules/lifecycle.ts'
import { clockTimeIn, switchesIn } from './rules/storm.ts'

const storm = { startsAt: incidents.startsAt, endsAt: incidents.endsAt, stormMode: incidents.stormMode }

/** The time in which the clock of a report runs: day and night for urgent reports of an incident in emergency mode. */
export async function clockTimeOf(
  db: Connection,
  report: { severity: Severity; incidentId: string | null },
  at: Date,
): Promise<ClockTime> {
  if (report.severity !== 'urgent' || report.incidentId === null) return 'working'
  const [incident] = await db.select(storm).from(incidents).where(eq(incidents.id, report.incidentId))
  return clockTimeIn(report.severity, incident ?? null, at)
}

/** The incident a report belongs to from a moment on. */
export type IncidentSpan = { from: Date; incidentId: string | null }

/**
 * The incidents that the report has belonged to since: it can be linked and unlinked at any time, whether its clock
 * runs or not.
 */
export async function incidentsSince(
  db: Connection,
  { id, incidentId }: { id: number; incidentId: string | null },
  since: Date,
): Promise<IncidentSpan[]> {
  const rows = await db
    .select({ at: events.at, details: events.details })
    .from(events)
    .where(and(eq(events.reportId, id), eq(events.event, 'report.incident_linked'), gt(events.at, since)))
    .orderBy(asc(events.id))
  const links = rows.flatMap(({ at, details: { incidentId: change } }) =>
    isChange(change) ? [{ at, from: change[0] as string | null, to: change[1] as string | null }] : [],
  )
  const [first] = links
  return [
    { from: since, incidentId: first ? first.from : incidentId },
    ...links.map(({ at, to }) => ({ from: at, incidentId: to })),
  ]
}

/** When, and to which time, emergency mode switched the clock of such a report since the first of the spans began. */
export async function stormSwitches(
  db: Connection,
  severity: Severity,
  spans: readonly IncidentSpan[],
  now: Date,
): Promise<{ at: Date; time: ClockTime }[]> {
  const [first] = spans
  const ids = spans.flatMap(({ incidentId }) => incidentId ?? [])
  if (!first || severity !== 'urgent' || ids.length === 0) return first ? [{ at: first.from, time: 'working' }] : []
  const known = await db
    .select({ id: incidents.id, ...storm })
    .from(incidents)
    .where(inArray(incidents.id, ids))
  const log = await db
    .select({ id: events.subjectId, at: events.at, event: events.event })
    .from(events)
    .where(
      and(
        eq(events.subjectKind, 'incident'),
        inArray(events.subjectId, ids),
        inArray(events.event, ['incident.storm_mode_on', 'incident.storm_mode_off']),
        gte(events.at, first.from),
      ),
    )
    .orderBy(asc(events.id))
  const storms = new Map(
    known.map((incident) => {
      const own = log.filter(({ id }) => id === incident.id)
      const switches = own.map(({ at, event }) => ({ at, on: event === 'incident.storm_mode_on' }))
      return [incident.id, { ...incident, switches }]
    }),
  )
  const dated = spans.map(({ from, incidentId }) => ({ from, incident: storms.get(incidentId ?? '') ?? null }))
  return switchesIn(severity, dated, now)
}
