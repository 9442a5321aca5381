import { and, asc, eq, isNotNull, or, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accounts, agencies, calendars, categories, reports } from '#db/schema/index.ts'
import type { AgencyKind } from '#server/agencies/rules/agency.ts'
import { isCommitted, isOpenReport } from '#server/reports/states.ts'

/** All current and past agencies with their counts, in Vietnamese order. The screen builds the tree. */
export async function listAgencies(db: Database) {
  const [rows, held] = await Promise.all([
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
      .select({
        agencyId: reports.agencyId,
        openReports: sql<number>`(count(*) filter (where ${isOpenReport}))::int`,
        planned: sql<number>`(count(*) filter (where ${isCommitted}))::int`,
      })
      .from(reports)
      .where(and(or(isOpenReport, isCommitted), isNotNull(reports.agencyId)))
      .groupBy(reports.agencyId),
  ])
  const heldBy = new Map(held.map(({ agencyId, ...counts }) => [agencyId, counts]))
  return rows.map((row) => ({ ...row, ...(heldBy.get(row.id) ?? { openReports: 0, planned: 0 }) }))
}

export type AgencyRow = Awaited<ReturnType<typeof listAgencies>>[number]
