import { asc, inArray, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agencies, areas, categories, incidents } from '#db/schema/index.ts'
import type { LocalName, NamedAgency } from '../rules/board.ts'

export type Names = {
  agencies: ReadonlyMap<string, NamedAgency>
  /** The agency above each. */
  parents: ReadonlyMap<string, string | null>
  categories: ReadonlyMap<string, LocalName & { code: string; parentCode: string | null }>
  areas: ReadonlyMap<number, { id: number; code: string; name: string }>
  incidents: ReadonlyMap<string, LocalName & { id: string; startsAt: Date; endsAt: Date | null }>
}

/** The names of some agencies, in the order of the ids. */
export async function agenciesNamed(db: Database, ids: readonly string[]): Promise<NamedAgency[]> {
  const rows = await db
    .select({ id: agencies.id, name: agencies.name, shortName: agencies.shortName })
    .from(agencies)
    .where(inArray(agencies.id, [...ids]))
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

/** The names of agencies, categories, areas and incidents: some hundred rows, in one round trip each. */
export async function readNames(db: Database): Promise<Names> {
  const [agencyRows, categoryRows, areaRows, incidentRows] = await Promise.all([
    db
      .select({ id: agencies.id, name: agencies.name, shortName: agencies.shortName, parentId: agencies.parentId })
      .from(agencies),
    db
      .select({
        code: categories.code,
        parentCode: categories.parentCode,
        name: categories.name,
        nameEn: categories.nameEn,
      })
      .from(categories)
      .orderBy(asc(categories.code)),
    db
      .select({ id: areas.id, code: areas.code, name: areas.shortName })
      .from(areas)
      .orderBy(sql`${areas.shortName} collate "vi-x-icu"`),
    db
      .select({
        id: incidents.id,
        name: incidents.name,
        nameEn: incidents.nameEn,
        startsAt: incidents.startsAt,
        endsAt: incidents.endsAt,
      })
      .from(incidents)
      .orderBy(asc(incidents.startsAt)),
  ])
  return {
    agencies: new Map(agencyRows.map(({ parentId, ...row }) => [row.id, row])),
    parents: new Map(agencyRows.map(({ id, parentId }) => [id, parentId])),
    categories: new Map(categoryRows.map((row) => [row.code, row])),
    areas: new Map(areaRows.map((row) => [row.id, row])),
    incidents: new Map(incidentRows.map((row) => [row.id, row])),
  }
}
