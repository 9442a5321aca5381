import { eq, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { areas, categories, reports } from '#db/schema/index.ts'
import { type AgencyTerm, agencyTerms } from '#server/agencies/queries.ts'
import { committeeOf, inOffice } from '#server/categories/rules/routing.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'

/** The category table names some partners by kind: the People's Committee of the place, the city's police. */
const localCommittee = 'ubnd_xa'
const partnersByKind: Record<string, string> = { cong_an: 'cong-an-tp' }

type Partners = { coordinating: string[]; areaCode: string | null; terms: AgencyTerm[] }

/** The agencies that a category involves besides the lead agency: they may read the report. */
export function coordinatingAgencies({ coordinating, areaCode, terms }: Partners, at: Date): string[] {
  const agencies = new Map(terms.map((agency) => [agency.id, agency]))
  const day = localDayOf(at)
  return coordinating
    .map((partner) => partnersByKind[partner] ?? partner)
    .map((partner) =>
      partner === localCommittee
        ? committeeOf(areaCode === null ? [] : [areaCode], day, agencies)
        : inOffice(partner, day, agencies),
    )
    .filter((id) => id !== null)
}

/** The agency itself while it is in office, otherwise its successor; null where there is none. */
export async function agencyNow(db: Connection, id: string, at: Date): Promise<string | null> {
  const terms = agencyTerms(sql`array[${id}]::text[]`, sql`null`)
  const [row] = await db.execute<{ terms: AgencyTerm[] }>(sql`select ${terms} as terms`)
  return inOffice(id, localDayOf(at), new Map((row?.terms ?? []).map((agency) => [agency.id, agency])))
}

const areaCode = sql`(select ${areas.code} from ${areas} where ${areas.id} = ${reports.areaId})`
const named = sql.raw(`array[${Object.values(partnersByKind).map((id) => `'${id}'`)}]`)

/**
 * The coordinating agencies of the category of the report `reportId` in its area, with their terms of office.
 * `categoryCode`: uses that category instead; null: the report's own.
 */
export const partnersOf = (db: Connection) =>
  db
    .select({
      coordinating: categories.coordinating,
      areaCode: sql<string | null>`${areaCode}`.as('partner_area'),
      terms: agencyTerms(sql`${categories.coordinating} || ${named}`, areaCode).as('terms'),
    })
    .from(reports)
    .innerJoin(
      categories,
      eq(categories.code, sql`coalesce(${sql.placeholder('categoryCode')}::text, ${reports.categoryCode})`),
    )
    .where(eq(reports.id, sql.placeholder('reportId')))

/** Every agency that holds or held the report, each once. */
export const holders = (before: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...before, ...more]),
]
