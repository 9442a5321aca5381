import { aliasedTable, and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { categories } from '#db/schema/index.ts'
import type { Service } from '../rules/documents.ts'

/** The categories that reports can be filed under, as services: by group, then by name. */
export async function openServices(db: Connection, code?: string): Promise<Service[]> {
  const group = aliasedTable(categories, 'category_group')
  return db
    .select({ code: categories.code, name: categories.name, group: group.name, keywords: categories.keywords })
    .from(categories)
    .leftJoin(group, eq(group.code, categories.parentCode))
    .where(
      and(
        eq(categories.isActive, true),
        isNotNull(categories.parentCode),
        code === undefined ? undefined : eq(categories.code, code),
      ),
    )
    .orderBy(sql`${group.name} collate "vi-x-icu"`, sql`${categories.name} collate "vi-x-icu"`, asc(categories.code))
}
