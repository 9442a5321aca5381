import { and, eq, isNotNull } from 'drizzle-orm'
import { categories } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'

/** What the categories in use are recognised by: the form for a new report suggests while the words are typed. */
export async function categoryKeywords({ db }: Pick<Context, 'db'>) {
  return db
    .select({ code: categories.code, keywords: categories.keywords })
    .from(categories)
    .where(and(eq(categories.isActive, true), isNotNull(categories.parentCode)))
}
