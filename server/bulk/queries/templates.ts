import { and, eq, sql } from 'drizzle-orm'
import { categories, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { templatesFor } from '#server/reports/queries/answer-templates.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'

/** Matches no category: leaves only the templates for every category. */
const everyCategory = '-'

/**
 * The templates that fit every chosen report: those of the category, or else the group, that they share, then those for
 * every category.
 */
export async function templatesForAll({ db, actor }: Context, reportIds: readonly number[]) {
  const used = await db
    .selectDistinct({ code: categories.code, group: categories.parentCode })
    .from(reports)
    .innerJoin(categories, eq(categories.code, reports.categoryCode))
    .where(and(sql`${reports.id} = any(${`{${reportIds.join(',')}}`}::bigint[])`, visibleTo(actor)))
  const [first] = used
  const isShared = (shared: string) => used.every(({ code, group }) => code === shared || group === shared)
  const shared = [first?.code, first?.group].find((code) => code && isShared(code))
  return templatesFor(db, { use: 'answer', categoryCode: shared ?? everyCategory })
}
