import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { accounts, events, incidentNotes, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { bulletinMarks } from '#server/bulletins/queries/issued.ts'
import { incidentById } from '#server/incidents/queries.ts'
import { localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'

export type LogEntry = {
  id: string
  at: Date
  /** Who acted; null where it was the system, or many. */
  who: string | null
} & (
  | { kind: 'event'; event: string; details: Record<string, unknown> }
  | { kind: 'note'; words: string }
  /** How many reports were linked on that day. */
  | { kind: 'linked'; reports: number }
  | { kind: 'bulletin'; bulletinId: string; title: string; number: number | null }
  /** A chart annotation, about a moment or a time range. */
  | { kind: 'annotation'; words: string; until: Date | null }
)

/** Before the first moment that a log can hold, and after the last. */
const [always, ever] = [new Date('2000-01-01T00:00:00Z'), new Date('2200-01-01T00:00:00Z')]

/**
 * The log of an incident, oldest first: what was decided and noted, how many reports were linked each day, the
 * bulletins issued for it.
 */
export async function incidentLog(ctx: Context, incidentId: string): Promise<LogEntry[]> {
  await incidentById(ctx.db, incidentId, ctx.now())
  const [log, notes, linked, bulletins] = await Promise.all([
    eventsOf(ctx, incidentId),
    notesOf(ctx, incidentId),
    linkedByDay(ctx, incidentId),
    bulletinMarks(ctx.db, { from: always, to: ever, incidentId }),
  ])
  const marks = bulletins.map(({ bulletinId, at, title, number }) => ({
    kind: 'bulletin' as const,
    id: `bulletin ${bulletinId}`,
    at,
    who: null,
    bulletinId,
    title,
    number,
  }))
  return [...log, ...notes, ...linked, ...marks].sort((a, b) => a.at.getTime() - b.at.getTime())
}

async function eventsOf({ db }: Context, incidentId: string): Promise<LogEntry[]> {
  const rows = await db
    .select({ id: events.id, at: events.at, event: events.event, details: events.details, who: accounts.name })
    .from(events)
    .leftJoin(accounts, eq(accounts.id, events.actorId))
    .where(
      and(
        sql`${events.reportId} is null`,
        eq(events.subjectKind, 'incident'),
        eq(events.subjectId, incidentId),
        sql`${events.event} <> 'incident.note_added'`,
      ),
    )
    .orderBy(asc(events.id))
  return rows.map(({ id, details, ...row }) => ({
    kind: 'event',
    id: `event ${id}`,
    ...row,
    details: isOfBatch(row.event) ? withoutRemarks(details) : details,
  }))
}

const isOfBatch = (event: string) => /^incident\.(answers|notice)_/.test(event)

/** Remarks on an answer or a notice that was not sent stay between its authors and its reviewer. */
const withoutRemarks = ({ remarks: _, ...details }: Record<string, unknown>) => details

async function notesOf({ db }: Context, incidentId: string): Promise<LogEntry[]> {
  const rows = await db
    .select({ id: incidentNotes.id, at: incidentNotes.createdAt, words: incidentNotes.body, who: accounts.name })
    .from(incidentNotes)
    .innerJoin(accounts, eq(accounts.id, incidentNotes.authorId))
    .where(eq(incidentNotes.incidentId, incidentId))
    .orderBy(asc(incidentNotes.createdAt))
  return rows.map(({ id, ...row }) => ({ kind: 'note', id: `note ${id}`, ...row }))
}

/** Each report counts on the day of its last link; one that came in with its incident, on that of its receipt. */
async function linkedByDay({ db, actor }: Context, incidentId: string): Promise<LogEntry[]> {
  const linkedAt = sql<Date>`coalesce(
    (select max(e.at) from events e where e.report_id = ${reports.id} and e.event in ('report.incident_linked', 'report.assigned')
      and e.details -> 'incidentId' ->> 1 = ${incidentId}), ${reports.receivedAt})`.mapWith(reports.receivedAt)
  const rows = await db
    .select({ at: linkedAt })
    .from(reports)
    .where(and(inArray(reports.incidentId, [incidentId]), visibleTo(actor)))
  const days = Map.groupBy(rows, ({ at }) => localDayOf(at))
  return [...days].map(([day, all]) => ({
    kind: 'linked',
    id: `linked ${day}`,
    // At the end of its day, after the events that it sums up.
    at: new Date(startOfDay(day).getTime() + 86_400_000 - 1),
    who: null,
    reports: all.length,
  }))
}
