import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { areas, categories } from '#db/schema/index.ts'
import { listAgencies } from '#server/agencies/queries.ts'
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
  const [category] = await db
    .select({ coordinating: categories.coordinating })
    .from(categories)
    .where(eq(categories.code, categoryCode))
  if (!category || category.coordinating.length === 0) return []
  const agencies = new Map((await listAgencies(db)).map((agency) => [agency.id, agency]))
  const [area] = areaId === null ? [] : await db.select({ code: areas.code }).from(areas).where(eq(areas.id, areaId))
  const day = localDayOf(at)
  return category.coordinating
    .map((partner) =>
      partner === localCommittee
        ? committeeOf(area ? [area.code] : [], day, agencies)
        : inOffice(partnersByKind[partner] ?? partner, day, agencies),
    )
    .filter((id) => id !== null)
}

/** Everyone who holds or held the report, each once. */
export const holders = (before: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...before, ...more]),
]
