import { and, desc, eq, gt, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { builtOnce } from '#db/built-once.ts'
import type { Connection, Transaction } from '#db/client.ts'
import { agencies, areas, incidentAreas, incidents } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { containing, type FilterSql, filterConditions } from '#server/platform/filter-sql.ts'
import { incidentFilters, noIncidentFilter } from './rules/filters.ts'
import { type IncidentKind, type IncidentState, isUnderWay } from './rules/incident.ts'
import type { IncidentMatcher } from './rules/matching.ts'
import type { SubType } from './rules/sub-types.ts'

export type IncidentArea = { id: number; code: string; name: string }

export type Incident = {
  id: string
  name: string
  /** Empty: it has none. */
  nameEn: string
  kind: IncidentKind
  startsAt: Date
  endsAt: Date | null
  leadAgency: { id: string; name: string } | null
  /** Empty: the whole city. */
  areas: IncidentArea[]
  stormMode: boolean
  underWay: boolean
  note: string
  subTypes: SubType[]
  keywords: string[]
  closedAt: Date | null
  version: number
}

const columns = {
  id: incidents.id,
  name: incidents.name,
  nameEn: incidents.nameEn,
  kind: incidents.kind,
  startsAt: incidents.startsAt,
  endsAt: incidents.endsAt,
  leadAgencyId: incidents.leadAgencyId,
  leadAgencyName: agencies.name,
  stormMode: incidents.stormMode,
  note: incidents.note,
  subTypes: incidents.subTypes,
  keywords: incidents.keywords,
  closedAt: incidents.closedAt,
  version: incidents.version,
}

function select(db: Connection) {
  return db.select(columns).from(incidents).leftJoin(agencies, eq(agencies.id, incidents.leadAgencyId))
}

type Row = Awaited<ReturnType<typeof select>>[number]

/** The incidents, the newest first. */
export async function listIncidents(db: Connection, at: Date, filter = noIncidentFilter): Promise<Incident[]> {
  const rows = await select(db)
    .where(and(...filterConditions(incidentFilters, filterSql, filter, at)))
    .orderBy(desc(incidents.startsAt), desc(incidents.id))
  return withAreas(db, rows, at)
}

const filterSql = {
  words: (text) =>
    containing(
      sql`${incidents.name} || ' ' || ${incidents.nameEn} || ' ' || ${incidents.note} || ' ' || array_to_string(${incidents.keywords}, ' ')`,
      text,
    ),
  states: (states, at) => or(...states.map((state) => stands(state, at))),
  kinds: (kinds) => inArray(incidents.kind, [...kinds]),
} satisfies FilterSql<typeof incidentFilters, Date>

function stands(state: IncidentState, at: Date): SQL | undefined {
  const { startsAt, endsAt, closedAt } = incidents
  if (state === 'closed') return isNotNull(closedAt)
  const time = {
    planned: gt(startsAt, at),
    under_way: and(lte(startsAt, at), or(isNull(endsAt), gt(endsAt, at))),
    ended: and(lte(startsAt, at), lte(endsAt, at)),
  }
  return and(isNull(closedAt), time[state])
}

export async function incidentById(db: Connection, id: string, at: Date): Promise<Incident> {
  const [incident] = await withAreas(db, await select(db).where(eq(incidents.id, id)), at)
  if (!incident) throw new DomainError('not_found', { subject: 'incident', id })
  return incident
}

async function withAreas(db: Connection, rows: Row[], at: Date): Promise<Incident[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const areasOf = await db
    .select({ incidentId: incidentAreas.incidentId, id: areas.id, code: areas.code, name: areas.name })
    .from(incidentAreas)
    .innerJoin(areas, eq(areas.id, incidentAreas.areaId))
    .where(inArray(incidentAreas.incidentId, ids))
    .orderBy(sql`${areas.shortName} collate "vi-x-icu"`)
  return rows.map(({ leadAgencyId, leadAgencyName, ...row }) => ({
    ...row,
    leadAgency: leadAgencyId ? { id: leadAgencyId, name: leadAgencyName ?? leadAgencyId } : null,
    areas: areasOf
      .filter(({ incidentId }) => incidentId === row.id)
      .map(({ id, code, name }): IncidentArea => ({ id, code, name })),
    underWay: isUnderWay(row, at),
  }))
}

export type ActiveStorm = {
  id: string
  name: string
  nameEn: string
  kind: IncidentKind
  startsAt: Date
  /** When emergency mode was last switched on; the start of the incident, where it was opened in it. */
  since: Date
}

/** Every incident in emergency mode that is under way, for the bar of the shell; the newest first. */
export function activeStorms(db: Connection, at: Date): Promise<ActiveStorm[]> {
  return db
    .select({
      id: incidents.id,
      name: incidents.name,
      nameEn: incidents.nameEn,
      kind: incidents.kind,
      startsAt: incidents.startsAt,
      since: sql<Date>`coalesce((
        select max(at) from events where subject_kind = 'incident' and subject_id = ${incidents.id}::text
          and report_id is null and event = 'incident.storm_mode_on'), ${incidents.startsAt})`.mapWith(
        incidents.startsAt,
      ),
    })
    .from(incidents)
    .where(
      and(
        eq(incidents.stormMode, true),
        lte(incidents.startsAt, at),
        or(isNull(incidents.endsAt), gt(incidents.endsAt, at)),
      ),
    )
    .orderBy(desc(incidents.startsAt), desc(incidents.id))
}

export type IncidentChoice = {
  id: string
  name: string
  nameEn: string
  kind: IncidentKind
  stormMode: boolean
  underWay: boolean
}

/** The incidents that a report may be linked to: those under way first, then the others, the newest first. */
export async function incidentChoices(db: Connection, at: Date): Promise<IncidentChoice[]> {
  const rows = await db
    .select({
      id: incidents.id,
      name: incidents.name,
      nameEn: incidents.nameEn,
      kind: incidents.kind,
      stormMode: incidents.stormMode,
      startsAt: incidents.startsAt,
      endsAt: incidents.endsAt,
    })
    .from(incidents)
    .orderBy(desc(incidents.startsAt))
  return rows
    .map(({ startsAt, endsAt, ...row }) => ({ ...row, underWay: isUnderWay({ startsAt, endsAt }, at) }))
    .sort((a, b) => Number(b.underWay) - Number(a.underWay))
}

export type KnownIncidentMatcher = IncidentMatcher & { id: string }

/** The matchers of the open incidents; of one of them, where `incident` names it. */
export const openIncidentMatchers = (db: Connection) =>
  db
    .select({
      id: incidents.id,
      startsAt: incidents.startsAt,
      endsAt: incidents.endsAt,
      closedAt: incidents.closedAt,
      subTypes: incidents.subTypes,
      keywords: incidents.keywords,
      areaIds: sql<number[]>`array(
        select ${incidentAreas.areaId} from ${incidentAreas} where ${incidentAreas.incidentId} = ${incidents.id})`.as(
        'area_ids',
      ),
    })
    .from(incidents)
    .where(
      and(
        isNull(incidents.closedAt),
        sql`(cardinality(${incidents.subTypes}) > 0 or cardinality(${incidents.keywords}) > 0)`,
        sql`(${sql.placeholder('incident')}::uuid is null or ${incidents.id} = ${sql.placeholder('incident')})`,
      ),
    )

const incidentMatchersNow = builtOnce(openIncidentMatchers)

export const incidentMatchers = (db: Connection, incident: string | null = null): Promise<KnownIncidentMatcher[]> =>
  incidentMatchersNow(db, { incident })

export async function lockIncident(tx: Transaction, id: string) {
  const [incident] = await tx.select().from(incidents).where(eq(incidents.id, id)).for('no key update')
  if (!incident) throw new DomainError('not_found', { subject: 'incident', id })
  const rows = await tx
    .select({ areaId: incidentAreas.areaId })
    .from(incidentAreas)
    .where(eq(incidentAreas.incidentId, id))
  return { ...incident, areaIds: rows.map(({ areaId }) => areaId).sort((a, b) => a - b) }
}
