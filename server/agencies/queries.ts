import { and, asc, eq, gte, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { builtOnce } from '#db/built-once.ts'
import type { Connection } from '#db/client.ts'
import { runPrepared } from '#db/prepared.ts'
import { agencies } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'

const columns = {
  id: agencies.id,
  name: agencies.name,
  shortName: agencies.shortName,
  level: agencies.level,
  kind: agencies.kind,
  parentId: agencies.parentId,
  validFrom: agencies.validFrom,
  validTo: agencies.validTo,
  successorId: agencies.successorId,
  areaCode: agencies.areaCode,
  calendarId: agencies.calendarId,
}

export type Agency = {
  id: string
  name: string
  shortName: string
  /** thanh_pho, so, don_vi, huyen, xa. */
  level: string
  kind: string
  parentId: string | null
  validFrom: LocalDay | null
  validTo: LocalDay | null
  successorId: string | null
  areaCode: string | null
  calendarId: string
}

const byName = sql`${agencies.name} collate "vi-x-icu"`

/** All current and past agencies, in Vietnamese order. */
export async function listAgencies(db: Connection): Promise<Agency[]> {
  return db.select(columns).from(agencies).orderBy(byName, asc(agencies.id))
}

export type AgencyTerm = Pick<Agency, 'id' | 'areaCode' | 'validFrom' | 'validTo' | 'successorId'>

/**
 * The terms of these agencies and of those of an area, with all their successors in turn: one JSON value for use in a
 * select that has the ids.
 */
export const agencyTerms = (ids: SQL, areaCode: SQL) => sql<AgencyTerm[]>`(
  with recursive line as (
    select a.* from ${agencies} a where a.id = any(${ids}) or a.area_code = ${areaCode}
    union select a.* from ${agencies} a join line on a.id = line.successor_id)
  select coalesce(json_agg(json_build_object('id', id, 'areaCode', area_code, 'validFrom', valid_from, 'validTo', valid_to,
    'successorId', successor_id)), '[]') from line)`

/** A list of ids as one array parameter, so that its length does not change the statement. */
const idArray = (ids: readonly string[]) => sql`${`{${ids.map((id) => JSON.stringify(id)).join(',')}}`}::text[]`

/** These agencies and all below them; an unknown id is returned unchanged. */
export async function agenciesBelow(db: Connection, ids: readonly string[]): Promise<string[]> {
  const rows = await runPrepared<{ id: string }>(db, rowsBelow(idArray(ids)))
  return rows.map(({ id }) => id)
}

/** The statement behind it, for callers that read more in the same round trip. */
export const rowsBelow = (ids: SQL): SQL => sql`
  with recursive below as (
    select id from unnest(${ids}) as asked (id)
    union select ${agencies.id} from ${agencies} join below on ${agencies.parentId} = below.id)
  select id from below`

/** The agencies in office at an instant, in Vietnamese order. */
export async function validAgencies(db: Connection, at: Date): Promise<Agency[]> {
  return db
    .select(columns)
    .from(agencies)
    .where(isInOffice(localDayOf(at)))
    .orderBy(byName, asc(agencies.id))
}

export async function agencyById(db: Connection, id: string): Promise<Agency> {
  const [agency] = await agencyWithId(db, { id })
  if (!agency) throw new DomainError('not_found', { subject: 'agency', id })
  return agency
}

/** The query for the agency `id`, for callers that read it together with something else. */
export const agencyRow = (db: Connection) =>
  db
    .select(columns)
    .from(agencies)
    .where(eq(agencies.id, sql.placeholder('id')))

const agencyWithId = builtOnce(agencyRow)

/** An agency that may be given work: an ended one is refused with the name of its successor. */
export async function agencyInOffice(db: Connection, id: string, at: Date): Promise<Agency> {
  return assertInOffice(db, (await agencyWithId(db, { id }))[0], { id, at })
}

/** The same for callers that have already read the agency. */
export async function assertInOffice(
  db: Connection,
  agency: Agency | undefined,
  { id, at }: { id: string; at: Date },
): Promise<Agency> {
  if (!agency) throw new DomainError('not_found', { subject: 'agency', id })
  const day = localDayOf(at)
  if (agency.validTo !== null && agency.validTo < day) {
    const successor = agency.successorId === null ? null : await agencyById(db, agency.successorId)
    throw new DomainError('agency_ended', { agency: agency.name, successor: successor?.name ?? null })
  }
  if (agency.validFrom !== null && agency.validFrom > day) {
    throw new DomainError('agency_not_begun', { agency: agency.name, from: agency.validFrom })
  }
  return agency
}

function isInOffice(day: LocalDay) {
  return and(
    or(isNull(agencies.validFrom), lte(agencies.validFrom, day)),
    or(isNull(agencies.validTo), gte(agencies.validTo, day)),
  )
}
