import { and, asc, desc, eq, isNull, notInArray, sql } from 'drizzle-orm'
import { areas, categories, incidentSuggestions, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { visibleTo } from './scope.ts'

const mostShown = 200

/** Reports that may belong to the incident and why, the urgent ones first, then the newest; and how many there are. */
export async function suggestionsOf(ctx: Context, incidentId: string) {
  const waiting = and(
    eq(incidentSuggestions.incidentId, incidentId),
    eq(incidentSuggestions.status, 'pending'),
    isNull(reports.incidentId),
    notInArray(reports.state, ['merged', 'rejected']),
    visibleTo(ctx.actor),
  )
  const rows = await ctx.db
    .select({
      reportId: reports.id,
      code: reports.code,
      version: reports.version,
      title: reports.title,
      state: reports.state,
      severity: reports.severity,
      receivedAt: reports.receivedAt,
      area: areas.name,
      category: { name: categories.name, nameEn: categories.nameEn },
      subType: incidentSuggestions.subType,
      keywords: incidentSuggestions.keywords,
      total: sql<number>`count(*) over ()`.mapWith(Number),
    })
    .from(incidentSuggestions)
    .innerJoin(reports, eq(reports.id, incidentSuggestions.reportId))
    .innerJoin(categories, eq(categories.code, reports.categoryCode))
    .leftJoin(areas, eq(areas.id, reports.areaId))
    .where(waiting)
    .orderBy(desc(sql`${reports.severity} = 'urgent'`), desc(reports.receivedAt), asc(reports.id))
    .limit(mostShown)
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _, ...row }) => row) }
}
export type SuggestedReport = Awaited<ReturnType<typeof suggestionsOf>>['rows'][number]
