import { eq, sql } from 'drizzle-orm'
import { builtOnce } from '#db/built-once.ts'
import type { Connection } from '#db/client.ts'
import { areas, categories } from '#db/schema/index.ts'
import { termsOf } from '#server/agencies/queries.ts'
import { committeeOf, inOffice } from '#server/categories/rules/routing.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'

/** The category table names some partners by kind: the People's Committee of the place, the city's police. */
const localCommittee = 'ubnd_xa'
const partnersByKind: Record<string, string> = { cong_an: 'cong-an-tp' }

/** The agencies that a category brings in beside its lead: they may read the report. */
export async function coordinatingAgencies(
  db: Connection,
  categoryCode: string,
  areaId: number | null,
  at: Date,
): Promise<string[]> {
  const [category] = await partnersOf(db, { categoryCode, areaId })
  if (!category || category.coordinating.length === 0) return []
  const partners = category.coordinating.map((partner) => partnersByKind[partner] ?? partner)
  const agencies = new Map((await termsOf(db, partners, category.areaCode)).map((agency) => [agency.id, agency]))
  const day = localDayOf(at)
  return partners
    .map((partner) =>
      partner === localCommittee
        ? committeeOf(category.areaCode === null ? [] : [category.areaCode], day, agencies)
        : inOffice(partner, day, agencies),
    )
    .filter((id) => id !== null)
}

const partnersOf = builtOnce((db) =>
  db
    .select({
      coordinating: categories.coordinating,
      areaCode: sql<
        string | null
      >`(select ${areas.code} from ${areas} where ${areas.id} = ${sql.placeholder('areaId')})`,
    })
    .from(categories)
    .where(eq(categories.code, sql.placeholder('categoryCode'))),
)

/** Everyone who holds or held the report, each once. */
export const holders = (before: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...before, ...more]),
]
