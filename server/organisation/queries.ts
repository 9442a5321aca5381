import { and, asc, count, eq, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accounts, agencies, calendars, categories, reports } from '#db/schema/index.ts'
import type { AgencyKind } from '#server/agencies/rules/agency.ts'
import { isOpenReport } from '#server/reports/states.ts'

/** All current and past agencies with their counts, in Vietnamese order. The screen builds the tree. */
export async function listAgencies(db: Database) {
  const [rows, open] = await Promise.all([
    db
      .select({
        id: agencies.id,
        name: agencies.name,
        shortName: agencies.shortName,
        kind: sql<AgencyKind>`${agencies.kind}`,
        parentId: agencies.parentId,
        validFrom: agencies.validFrom,
        validTo: agencies.validTo,
        successorId: agencies.successorId,
        areaCode: agencies.areaCode,
        calendarId: agencies.calendarId,
        calendarName: calendars.name,
        onlyAssigneeAnswers: agencies.onlyAssigneeAnswers,
        version: agencies.version,
        accounts: sql<number>`(
          select count(*)::int from ${accounts} a where a.agency_id = ${agencies.id} and a.is_active)`,
        leads: sql<number>`(
          select count(*)::int from ${categories} c where c.lead_agency_id = ${agencies.id} and c.is_active)`,
      })
      .from(agencies)
      .innerJoin(calendars, eq(calendars.id, agencies.calendarId))
      .orderBy(sql`${agencies.name} collate "vi-x-icu"`, asc(agencies.id)),
    db
      .select({ agencyId: reports.agencyId, count: count() })
      .from(reports)
      .where(and(isOpenReport, sql`${reports.agencyId} is not null`))
      .groupBy(reports.agencyId),
  ])
  const openOf = new Map(open.map(({ agencyId, count }) => [agencyId, count]))
  return rows.map((row) => ({ ...row, openReports: openOf.get(row.id) ?? 0 }))
}

export type AgencyRow = Awaited<ReturnType<typeof listAgencies>>[number]
