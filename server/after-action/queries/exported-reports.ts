import { and, asc, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { agencies, areas, categories, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { subTypeOf } from '#server/incidents/rules/sub-types.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'

const canonicals = alias(reports, 'canonicals')

/**
 * The reports of an incident for an export: subject, place and state. What citizens wrote about themselves is left out.
 */
export async function exportedReports({ db, actor }: Context, incidentId: string) {
  const rows = await db
    .select({
      code: reports.code,
      title: reports.title,
      categoryCode: reports.categoryCode,
      category: categories.name,
      categoryEn: categories.nameEn,
      area: areas.name,
      address: reports.address,
      agency: agencies.name,
      severity: reports.severity,
      state: reports.state,
      mergedInto: canonicals.code,
      receivedAt: reports.receivedAt,
      occurredAt: reports.occurredAt,
      answeredAt: reports.answeredAt,
      lon: reports.lon,
      lat: reports.lat,
    })
    .from(reports)
    .innerJoin(categories, eq(categories.code, reports.categoryCode))
    .leftJoin(areas, eq(areas.id, reports.areaId))
    .leftJoin(agencies, eq(agencies.id, reports.agencyId))
    .leftJoin(canonicals, eq(canonicals.id, reports.mergedIntoId))
    .where(and(eq(reports.incidentId, incidentId), visibleTo(actor)))
    .orderBy(asc(reports.receivedAt), asc(reports.id))
  return rows.map((row) => ({ ...row, subType: subTypeOf(row.categoryCode) ?? ('other' as const) }))
}
export type ExportedReport = Awaited<ReturnType<typeof exportedReports>>[number]
