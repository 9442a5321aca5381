import { and, asc, count, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { visibleTo } from './scope.ts'

/**
 * The number of latest reports of the place that are read: enough for a pattern to show, few enough to be read quickly.
 */
const looked = 300
const most = 24

/** The agencies that hold the latest reports of the same place, those of the same category first. */
export async function likelyAgencies({ db, actor }: Context, reportId: number): Promise<string[]> {
  const [report] = await db
    .select({ areaId: reports.areaId, categoryCode: reports.categoryCode })
    .from(reports)
    .where(and(eq(reports.id, reportId), visibleTo(actor)))
  if (!report) throw new DomainError('not_found')
  if (report.areaId === null) return []
  const latest = db
    .select({ agencyId: reports.agencyId, categoryCode: reports.categoryCode })
    .from(reports)
    .where(and(eq(reports.areaId, report.areaId), isNotNull(reports.agencyId), visibleTo(actor)))
    .orderBy(desc(reports.receivedAt))
    .limit(looked)
    .as('latest')
  const ofCategory = sql`count(*) filter (where ${latest.categoryCode} = ${report.categoryCode})`
  const found = await db
    .select({ agencyId: latest.agencyId })
    .from(latest)
    .groupBy(latest.agencyId)
    .orderBy(desc(ofCategory), desc(count()), asc(latest.agencyId))
    .limit(most)
  return found.flatMap(({ agencyId }) => agencyId ?? [])
}
