import { and, asc, count, desc, eq, inArray, isNull, like, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Connection } from '#db/client.ts'
import { accounts, agencies, apiClients, eventSeals, events, reports } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type FilterSql, filterConditions, within } from '#server/platform/filter-sql.ts'
import { dayAfter, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { namesIn } from './queries/names.ts'
import { isChange } from './rules/changes.ts'
import { type ActorKind, looksAtPersonalData, personalDataEvents, type SubjectKind } from './rules/event.ts'
import { type EventFilter, eventFilters } from './rules/filters.ts'
import { type Reader, type ReadingScope, readingScopeOf } from './rules/reader.ts'
import type { EventCursor } from './rules/schemas.ts'

type Reading = { db: Connection; actor: Reader }

const pageSize = 50

/** One line of the log, for the screen. */
export type LogEntry = {
  id: number
  at: Date
  event: string
  subjectKind: SubjectKind
  /** Code of the report, else the id of the subject. */
  subject: string | null
  actorKind: ActorKind
  actor: { id: string; name: string; username: string } | null
  /** For whom the actor acted, as their substitute. */
  onBehalfOf: string | null
  agency: { id: string; name: string } | null
  fromState: string | null
  toState: string | null
  version: number | null
  details: Record<string, unknown>
  /** The event records access to personal data. */
  personal: boolean
  requestId: string | null
  ip: string | null
}

export type LogPage = {
  entries: LogEntry[]
  /**
   * Names for the ids in subjects and details. Areas and reports have numeric ids: their keys are of the form
   * `areaId:12`.
   */
  names: Record<string, string>
  next: EventCursor | null
}

/** A page of the log, newest first, within what the reader may see. */
export async function listEvents(
  { db, actor }: Reading,
  filter: EventFilter,
  cursor: EventCursor | null,
): Promise<LogPage> {
  const holder = alias(agencies, 'holder')
  const substituted = alias(accounts, 'substituted')
  const scope = readingScopeOf(actor)
  const asked = filterConditions(eventFilters, filterSql, filter, { reportId: await reportNamedBy(db, filter) })
  const rows = await db
    .select({
      id: events.id,
      at: events.at,
      event: events.event,
      subjectKind: events.subjectKind,
      code: reports.code,
      subjectId: events.subjectId,
      actorKind: events.actorKind,
      actorId: events.actorId,
      actorName: sql<string | null>`coalesce(${accounts.name}, ${apiClients.name})`,
      actorUsername: accounts.username,
      onBehalfOf: substituted.name,
      agencyId: events.agencyId,
      agencyName: holder.name,
      fromState: events.fromState,
      toState: events.toState,
      version: events.version,
      details: events.details,
      requestId: events.requestId,
      ip: events.ip,
    })
    .from(events)
    .leftJoin(reports, eq(reports.id, events.reportId))
    .leftJoin(accounts, eq(accounts.id, events.actorId))
    .leftJoin(apiClients, eq(apiClients.id, events.actorId))
    .leftJoin(holder, eq(holder.id, events.agencyId))
    .leftJoin(substituted, eq(substituted.id, events.onBehalfOf))
    .where(and(inScope(scope), ...asked, cursor ? after(cursor) : undefined))
    .orderBy(desc(events.at), desc(events.id))
    .limit(pageSize + 1)
  const entries = rows.slice(0, pageSize).map(
    ({ code, subjectId, actorId, actorName, actorUsername, agencyId, agencyName, ...row }): LogEntry => ({
      ...row,
      subject: code ?? subjectId,
      actor: actorId && actorName ? { id: actorId, name: actorName, username: actorUsername ?? '' } : null,
      agency: agencyId && agencyName ? { id: agencyId, name: agencyName } : null,
      personal: looksAtPersonalData(row.event),
    }),
  )
  const last = entries.at(-1)
  const next = rows.length > pageSize && last ? { at: last.at, id: last.id } : null
  return { entries, names: await namesIn(db, entries), next }
}

function after({ at, id }: EventCursor): SQL {
  return sql`(${events.at}, ${events.id}) < (${at}::timestamptz, ${id}::bigint)`
}

/** The log of an agency: what happened to reports while it held them, and what its own accounts did. */
function inScope(scope: ReadingScope): SQL | undefined {
  if (scope === 'all') return undefined
  return or(inArray(events.agencyId, [...scope]), inArray(accounts.agencyId, [...scope]))
}

/** The SQL condition of each filter. A report is looked up by its code first, so that the log is read by its index. */
const filterSql = {
  day: (range) => within(sql`${events.at}`, range),
  event: (name) =>
    name.endsWith('.') ? like(events.event, `${name.replace(/[%_\\]/g, '\\$&')}%`) : eq(events.event, name),
  subjectKind: (kind) => eq(events.subjectKind, kind),
  subject: (id, { reportId }) =>
    reportId === null ? and(isNull(events.reportId), eq(events.subjectId, id)) : eq(events.reportId, reportId),
  actorKind: (kind) => eq(events.actorKind, kind),
  actorId: (id) => eq(events.actorId, id),
  agencyId: (id) => eq(events.agencyId, id),
  personal: (isAsked) => (isAsked ? inArray(events.event, [...personalDataEvents]) : undefined),
} satisfies FilterSql<typeof eventFilters, { reportId: number | null }>

async function reportNamedBy(db: Connection, { subject, subjectKind }: EventFilter): Promise<number | null> {
  if (subject === '' || (subjectKind !== null && subjectKind !== 'report')) return null
  const [report] = await db.select({ id: reports.id }).from(reports).where(eq(reports.code, subject.toUpperCase()))
  return report?.id ?? null
}

/** Names of events that occur in the newest part of the log, for the filter. */
export async function eventNames({ db, actor }: Reading): Promise<string[]> {
  readingScopeOf(actor)
  const recent = db
    .select({ event: events.event })
    .from(events)
    .orderBy(desc(events.at), desc(events.id))
    .limit(20_000)
    .as('recent')
  const rows = await db.selectDistinct({ event: recent.event }).from(recent).orderBy(asc(recent.event))
  return rows.map(({ event }) => event)
}

export type SealState = {
  sealedDays: number
  firstDay: LocalDay | null
  lastDay: LocalDay | null
  lastDigest: string | null
  sealedAt: Date | null
  /** Past days that are not sealed yet. */
  unsealedDays: number
  /** The last time the seals were checked. */
  checked: { at: Date; by: string | null; details: Record<string, unknown> } | null
}

/** How far the log is sealed, and what the last check found. */
export async function sealState({ db, actor, now }: Reading & { now: () => Date }): Promise<SealState> {
  readingScopeOf(actor)
  const [[last], [first], [sealed], [oldest], [checked]] = await Promise.all([
    db.select().from(eventSeals).orderBy(desc(eventSeals.day)).limit(1),
    db.select({ day: eventSeals.day }).from(eventSeals).orderBy(asc(eventSeals.day)).limit(1),
    db.select({ days: count() }).from(eventSeals),
    db.select({ at: events.at }).from(events).orderBy(asc(events.at)).limit(1),
    db
      .select({ at: events.at, details: events.details, by: accounts.name })
      .from(events)
      .leftJoin(accounts, eq(accounts.id, events.actorId))
      .where(
        and(
          sql`${events.reportId} is null`,
          eq(events.subjectKind, 'setting'),
          eq(events.subjectId, 'event_log'),
          eq(events.event, 'event_log.checked'),
        ),
      )
      .orderBy(desc(events.id))
      .limit(1),
  ])
  const next = last ? dayAfter(last.day) : oldest ? localDayOf(oldest.at) : null
  return {
    sealedDays: sealed?.days ?? 0,
    firstDay: first?.day ?? null,
    lastDay: last?.day ?? null,
    lastDigest: last?.digest ?? null,
    sealedAt: last?.sealedAt ?? null,
    unsealedDays: next ? daysBetween(next, localDayOf(now())) : 0,
    checked: checked ?? null,
  }
}

function daysBetween(from: LocalDay, to: LocalDay): number {
  return Math.max(0, Math.round((startOfDay(to).getTime() - startOfDay(from).getTime()) / 86_400_000))
}

type ChangedSubject = { kind: Exclude<SubjectKind, 'report'>; id: string }

/**
 * The refusal of an edit that began from an older version: names who changed the subject last, when and what, so that
 * the form can show it beside what was typed. `part` narrows to one part of a subject: a day of a calendar.
 */
export async function conflictOver(
  db: Connection,
  subject: ChangedSubject,
  version: number,
  part?: { key: string; value: string },
): Promise<DomainError> {
  const [last] = await db
    .select({ at: events.at, event: events.event, details: events.details, by: accounts.name })
    .from(events)
    .leftJoin(accounts, eq(accounts.id, events.actorId))
    .where(
      and(
        sql`${events.reportId} is null`,
        eq(events.subjectKind, subject.kind),
        eq(events.subjectId, subject.id),
        part ? sql`${events.details} ->> ${part.key} = ${part.value}` : undefined,
      ),
    )
    .orderBy(desc(events.id))
    .limit(1)
  return new DomainError('conflict', {
    version,
    by: last?.by ?? null,
    at: last?.at ?? null,
    event: last?.event ?? null,
    changes: Object.fromEntries(Object.entries(last?.details ?? {}).filter(([, detail]) => isChange(detail))),
  })
}
