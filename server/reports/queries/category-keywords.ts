import { and, eq, isNotNull } from 'drizzle-orm'
import { categories } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'

/** The keywords of the active categories: the form for a new report uses them to suggest while the text is typed. */
export async function categoryKeywords({ db }: Pick<Context, 'db'>) {
  return db
    .select({ code: categories.code, keywords: categories.keywords })
    .from(categories)
    .where(and(eq(categories.isActive, true), isNotNull(categories.parentCode)))
}
