import { and, asc, desc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { z } from 'zod'
import type { Connection } from '#db/client.ts'
import { accounts, agencies, disclosedReporters, disclosures, reporters, reports } from '#db/schema/index.ts'
import { type Reader, readingScopeOf } from '#server/events/rules/reader.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type FilterSql, filterConditions, within } from '#server/platform/filter-sql.ts'
import type { DisclosurePurpose } from '../rules/disclosure.ts'
import { type LookFilter, lookFilters, noLookFilter } from '../rules/filters.ts'
import { type MaskedReporter, maskedReporter } from '../rules/masked-reporter.ts'
import type { LookCursor, personsInput } from '../rules/schemas.ts'

type Reading = { db: Connection; actor: Reader }

const pageSize = 50
/** The number of persons per disclosure in the list; the others are loaded on request. */
const shownAtOnce = 3
const personsInPage = 100

/** One person of a disclosure, as far as an auditor must know them: by the report, masked. */
export type LookPerson = { reportId: number; code: string | null; reporter: MaskedReporter | null }

export type Look = {
  id: number
  at: Date
  account: { id: string; name: string; username: string; agency: string }
  onBehalfOf: string | null
  purpose: DisclosurePurpose
  reason: string
  /** The phone number searched for, masked. */
  searchedPhone: string | null
  persons: number
  /** How many reports of those persons were shown. */
  reports: number
  ip: string | null
  first: LookPerson[]
}

const substituted = alias(accounts, 'substituted')

/** The columns of a disclosure in the list and the file. */
const lookColumns = {
  id: disclosures.id,
  at: disclosures.at,
  account: { id: accounts.id, name: accounts.name, username: accounts.username, agency: agencies.shortName },
  onBehalfOf: substituted.name,
  purpose: disclosures.purpose,
  reason: disclosures.reason,
  searchedPhone: disclosures.searchedPhone,
}

/**
 * The disclosures, newest first. The page itself shows no personal data: only the initials of names and the last digits
 * of numbers.
 */
export async function listLooks(
  { db, actor }: Reading,
  filter: LookFilter,
  cursor: LookCursor | null,
): Promise<{ looks: Look[]; next: LookCursor | null }> {
  const conditions = await lookConditions({ db, actor }, filter)
  const after =
    cursor && sql`(${disclosures.at}, ${disclosures.id}) < (${cursor.at}::timestamptz, ${cursor.id}::bigint)`
  const rows = await db
    .select({
      ...lookColumns,
      persons: disclosures.persons,
      reports: sql<number>`(select count(*)::int from ${disclosedReporters} p where p.disclosure_id = ${disclosures.id})`,
      ip: disclosures.ip,
    })
    .from(disclosures)
    .innerJoin(accounts, eq(accounts.id, disclosures.accountId))
    .innerJoin(agencies, eq(agencies.id, accounts.agencyId))
    .leftJoin(substituted, eq(substituted.id, disclosures.onBehalfOf))
    .where(and(...conditions, after ?? undefined))
    .orderBy(desc(disclosures.at), desc(disclosures.id))
    .limit(pageSize + 1)
  const shown = rows.slice(0, pageSize)
  const first = await firstPersons(
    db,
    shown.map(({ id }) => id),
  )
  const last = shown.at(-1)
  return {
    looks: shown.map((look) => ({ ...look, first: first.get(look.id) ?? [] })),
    next: rows.length > pageSize && last ? { at: last.at, id: last.id } : null,
  }
}

/** All persons of one disclosure, page by page. */
export async function personsOfLook(
  { db, actor }: Reading,
  { lookId, cursor }: z.output<typeof personsInput>,
): Promise<{ persons: LookPerson[]; next: number | null }> {
  const [look] = await db
    .select({ id: disclosures.id })
    .from(disclosures)
    .innerJoin(accounts, eq(accounts.id, disclosures.accountId))
    .where(and(eq(disclosures.id, lookId), ...(await lookConditions({ db, actor }, noLookFilter))))
  if (!look) throw new DomainError('not_found')
  const rows = await personRows(db)
    .where(and(eq(disclosedReporters.disclosureId, lookId), gt(disclosedReporters.reportId, cursor ?? 0)))
    .orderBy(asc(disclosedReporters.reportId))
    .limit(personsInPage + 1)
  const persons = rows.slice(0, personsInPage).map(personOf)
  return { persons, next: rows.length > personsInPage ? (persons.at(-1)?.reportId ?? null) : null }
}

/** The accounts with disclosures, as options of the filter. */
export async function lookers({ db, actor }: Reading): Promise<{ id: string; name: string; username: string }[]> {
  return db
    .selectDistinct({ id: accounts.id, name: accounts.name, username: accounts.username })
    .from(disclosures)
    .innerJoin(accounts, eq(accounts.id, disclosures.accountId))
    .where(and(...(await lookConditions({ db, actor }, noLookFilter))))
}

export type LookRow = Omit<Look, 'first' | 'persons' | 'reports'> & { person: LookPerson | null }

/** One row per person of each disclosure, for a file; one row more than `most` means that there are too many. */
export async function lookRows({ db, actor }: Reading, filter: LookFilter, most: number): Promise<LookRow[]> {
  const rows = await db
    .select({
      ...lookColumns,
      ip: disclosures.ip,
      ...personColumns,
    })
    .from(disclosures)
    .innerJoin(accounts, eq(accounts.id, disclosures.accountId))
    .innerJoin(agencies, eq(agencies.id, accounts.agencyId))
    .leftJoin(substituted, eq(substituted.id, disclosures.onBehalfOf))
    .leftJoin(disclosedReporters, eq(disclosedReporters.disclosureId, disclosures.id))
    .leftJoin(reports, eq(reports.id, disclosedReporters.reportId))
    .leftJoin(reporters, eq(reporters.reportId, disclosedReporters.reportId))
    .where(and(...(await lookConditions({ db, actor }, filter))))
    .orderBy(desc(disclosures.at), desc(disclosures.id), asc(disclosedReporters.reportId))
    .limit(most + 1)
  return rows.map(({ reportId, code, reporter, ...look }) => ({
    ...look,
    person: reportId === null ? null : personOf({ reportId, code, reporter }),
  }))
}

/** The auditor of an agency sees the disclosures of that agency's accounts only. */
async function lookConditions({ db, actor }: Reading, filter: LookFilter): Promise<(SQL | undefined)[]> {
  const scope = readingScopeOf(actor, ['auditor'])
  return [
    scope === 'all' ? undefined : inArray(accounts.agencyId, [...scope]),
    ...(await Promise.all(filterConditions(lookFilters, filterSql, filter, db))),
  ]
}

const filterSql = {
  day: (range) => within(sql`${disclosures.at}`, range),
  accountId: (id) => eq(disclosures.accountId, id),
  purpose: (purpose) => eq(disclosures.purpose, purpose),
  report: (code, db) => aboutReport(db, code),
} satisfies FilterSql<typeof lookFilters, Connection, SQL | Promise<SQL>>

async function aboutReport(db: Connection, code: string): Promise<SQL> {
  const [report] = await db.select({ id: reports.id }).from(reports).where(eq(reports.code, code.toUpperCase()))
  if (!report) return sql`false`
  return sql`exists (select from ${disclosedReporters} p where p.disclosure_id = ${disclosures.id} and p.report_id = ${report.id})`
}

const personColumns = {
  reportId: disclosedReporters.reportId,
  code: reports.code,
  reporter: { name: reporters.name, phone: reporters.phone, email: reporters.email, address: reporters.address },
}

const personRows = (db: Connection) =>
  db
    .select({ ...personColumns, lookId: disclosedReporters.disclosureId })
    .from(disclosedReporters)
    .leftJoin(reports, eq(reports.id, disclosedReporters.reportId))
    .leftJoin(reporters, eq(reporters.reportId, disclosedReporters.reportId))
    .$dynamic()

type PersonRow = { reportId: number; code: string | null; reporter: Parameters<typeof maskedReporter>[0] }

const personOf = ({ reportId, code, reporter }: PersonRow): LookPerson => ({
  reportId,
  code,
  reporter: maskedReporter(reporter),
})

async function firstPersons(db: Connection, lookIds: readonly number[]): Promise<Map<number, LookPerson[]>> {
  if (lookIds.length === 0) return new Map()
  const ids = sql`${`{${lookIds.join(',')}}`}::bigint[]`
  const rows = await personRows(db)
    .where(
      sql`(${disclosedReporters.disclosureId}, ${disclosedReporters.reportId}) in (
        select look.id, first.report_id from unnest(${ids}) as look(id) cross join lateral (
          select p.report_id from disclosed_reporters p where p.disclosure_id = look.id
          order by p.report_id limit ${sql.raw(String(shownAtOnce))}) first)`,
    )
    .orderBy(asc(disclosedReporters.reportId))
  return new Map(
    [...Map.groupBy(rows, ({ lookId }) => lookId)].map(([lookId, persons]) => [lookId, persons.map(personOf)]),
  )
}
