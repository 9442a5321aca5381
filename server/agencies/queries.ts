import { and, asc, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
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

/** Every agency that is or was, in Vietnamese order. */
export async function listAgencies(db: Connection): Promise<Agency[]> {
  return db.select(columns).from(agencies).orderBy(byName, asc(agencies.id))
}

/** From when to when each agency stands and what follows it: all that finding the one in office asks for. */
export async function agencyTerms(db: Connection) {
  return db
    .select({
      id: agencies.id,
      areaCode: agencies.areaCode,
      validFrom: agencies.validFrom,
      validTo: agencies.validTo,
      successorId: agencies.successorId,
    })
    .from(agencies)
}

/** The agencies in office at an instant, in Vietnamese order. */
export async function validAgencies(db: Connection, at: Date): Promise<Agency[]> {
  return db
    .select(columns)
    .from(agencies)
    .where(isInOffice(localDayOf(at)))
    .orderBy(byName, asc(agencies.id))
}

export async function agencyById(db: Connection, id: string): Promise<Agency> {
  const [agency] = await db.select(columns).from(agencies).where(eq(agencies.id, id))
  if (!agency) throw new DomainError('not_found', { subject: 'agency', id })
  return agency
}

/** An agency that work may be given to: an ended one is refused with the name of its successor. */
export async function agencyInOffice(db: Connection, id: string, at: Date): Promise<Agency> {
  const agency = await agencyById(db, id)
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
