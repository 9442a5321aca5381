import { aliasedTable, and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { agencies, categories } from '#db/schema/index.ts'
import { listAgencies } from '#server/agencies/queries.ts'
import { areaById } from '#server/areas/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { leadAgencyOf } from './rules/routing.ts'
import type { Severity } from './rules/severity.ts'

export type Category = {
  code: string
  parentCode: string | null
  name: string
  nameEn: string
  defaultSeverity: Severity
  intakeMinutes: number
  normalMinutes: number
  urgentMinutes: number
  complexMinutes: number | null
  leadAgencyId: string | null
  leadAgencyName: string | null
  needsApproval: boolean
  needsPhoto: boolean
  headAfterDays: number
  cityAfterDays: number
  forgottenAfterDays: number
  isStorm: boolean
  isActive: boolean
  version: number
}

const columns = {
  code: categories.code,
  parentCode: categories.parentCode,
  name: categories.name,
  nameEn: categories.nameEn,
  defaultSeverity: categories.defaultSeverity,
  intakeMinutes: categories.intakeMinutes,
  normalMinutes: categories.normalMinutes,
  urgentMinutes: categories.urgentMinutes,
  complexMinutes: categories.complexMinutes,
  leadAgencyId: categories.leadAgencyId,
  leadAgencyName: agencies.name,
  needsApproval: categories.needsApproval,
  needsPhoto: categories.needsPhoto,
  headAfterDays: categories.headAfterDays,
  cityAfterDays: categories.cityAfterDays,
  forgottenAfterDays: categories.forgottenAfterDays,
  isStorm: categories.isStorm,
  isActive: categories.isActive,
  version: categories.version,
}

/** A category or group by its code, retired ones included, with the code of its group. */
export type CategoryName = Pick<Category, 'code' | 'parentCode' | 'name' | 'nameEn'>

/** What lists need to name the categories of their rows, which carry only the code. */
export const categoryNames = (db: Connection): Promise<CategoryName[]> =>
  db
    .select({
      code: categories.code,
      parentCode: categories.parentCode,
      name: categories.name,
      nameEn: categories.nameEn,
    })
    .from(categories)
    .orderBy(asc(categories.code))

export type CategoryGroup = Category & { children: Category[] }

/** Both levels for the admin, retired ones included; each level in Vietnamese order. */
export async function categoryTree(db: Connection): Promise<CategoryGroup[]> {
  const rows: Category[] = await db
    .select(columns)
    .from(categories)
    .leftJoin(agencies, eq(agencies.id, categories.leadAgencyId))
    .orderBy(sql`${categories.name} collate "vi-x-icu"`, asc(categories.code))
  return rows
    .filter(({ parentCode }) => parentCode === null)
    .map((group) => ({ ...group, children: rows.filter(({ parentCode }) => parentCode === group.code) }))
}

/** A category that may be chosen for a report, with its group. */
export type CategoryChoice = {
  code: string
  name: string
  nameEn: string
  groupCode: string
  groupName: string
  groupNameEn: string
  defaultSeverity: Severity
  needsApproval: boolean
  needsPhoto: boolean
}

/** The categories in use, in Vietnamese order of group and name. */
export async function activeCategories(db: Connection): Promise<CategoryChoice[]> {
  const group = aliasedTable(categories, 'category_group')
  return db
    .select({
      code: categories.code,
      name: categories.name,
      nameEn: categories.nameEn,
      groupCode: group.code,
      groupName: group.name,
      groupNameEn: group.nameEn,
      defaultSeverity: categories.defaultSeverity,
      needsApproval: categories.needsApproval,
      needsPhoto: categories.needsPhoto,
    })
    .from(categories)
    .innerJoin(group, eq(group.code, categories.parentCode))
    .where(and(eq(categories.isActive, true), eq(group.isActive, true)))
    .orderBy(
      sql`${group.name} collate "vi-x-icu"`,
      asc(group.code),
      sql`${categories.name} collate "vi-x-icu"`,
      asc(categories.code),
    )
}

export async function lockCategory(tx: Transaction, code: string) {
  const [category] = await tx.select().from(categories).where(eq(categories.code, code)).for('no key update')
  if (!category) throw new DomainError('not_found', { subject: 'category', code })
  return category
}

/** The agency that a report of this category at this place goes to now, or null where a dispatcher must choose. */
export async function suggestedAgency(
  db: Connection,
  { categoryCode, areaId }: { categoryCode: string; areaId: number | null },
  at: Date,
): Promise<string | null> {
  const [category] = await db
    .select({ leadAgencyId: categories.leadAgencyId })
    .from(categories)
    .where(and(eq(categories.code, categoryCode), isNotNull(categories.parentCode)))
  if (!category) throw new DomainError('not_found', { subject: 'category', code: categoryCode })
  const areaCodes = areaId === null ? [] : [(await areaById(db, areaId)).code]
  const agenciesById = new Map((await listAgencies(db)).map((agency) => [agency.id, agency]))
  return leadAgencyOf({ category, areaCodes, day: localDayOf(at) }, agenciesById)
}
