import { and, asc, eq, gt, gte, isNull, lt, notInArray, or, sql } from 'drizzle-orm'
import { incidentSuggestions, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { lookouts } from '#server/incidents/queries.ts'
import { suggestionsFor, writeSuggestions } from '../suggestions.ts'

const pageSize = 1000

/**
 * Looks through what came in since the incident began, after its lookout has changed: what matches is suggested, what was
 * suggested and no longer matches is withdrawn, what somebody decided stays. One search for an incident at a time; what is
 * received meanwhile is no business of this one. Answers how many are new.
 */
export async function suggestReports(ctx: Context, incidentId: string): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`suggest_reports:${incidentId}`}))`)
    const [incident] = await lookouts(tx, incidentId)
    const pending = and(eq(incidentSuggestions.incidentId, incidentId), eq(incidentSuggestions.status, 'pending'))
    const known = await tx.select({ reportId: incidentSuggestions.reportId }).from(incidentSuggestions).where(pending)
    const stillMatching = new Set<number>()
    let found = 0
    let after: { receivedAt: Date; id: number } | null = null
    while (incident) {
      const page: (typeof reports.$inferSelect)[] = await tx
        .select()
        .from(reports)
        .where(
          and(
            // What happened later than it was written down is impossible: an earlier receipt cannot match.
            gte(reports.receivedAt, incident.startsAt),
            isNull(reports.incidentId),
            notInArray(reports.state, ['merged', 'rejected']),
            after === null
              ? undefined
              : or(
                  gt(reports.receivedAt, after.receivedAt),
                  and(eq(reports.receivedAt, after.receivedAt), gt(reports.id, after.id)),
                ),
            incident.endsAt === null
              ? undefined
              : or(lt(reports.receivedAt, incident.endsAt), sql`${reports.occurredAt} is not null`),
          ),
        )
        .orderBy(asc(reports.receivedAt), asc(reports.id))
        .limit(pageSize)
      const rows = page.flatMap((report) => suggestionsFor(report, [incident], ctx.now()))
      found += await writeSuggestions(tx, rows)
      for (const { reportId } of rows) stillMatching.add(reportId)
      const last = page.at(-1)
      if (!last || page.length < pageSize) break
      after = last
    }
    const stale = known.map(({ reportId }) => reportId).filter((id) => !stillMatching.has(id))
    await tx
      .delete(incidentSuggestions)
      .where(and(pending, sql`${incidentSuggestions.reportId} = any(${`{${stale.join(',')}}`}::bigint[])`))
    if (found > 0) {
      await recordEvent(tx, ctx, {
        event: 'incident.reports_suggested',
        subject: { kind: 'incident', id: incidentId },
        details: { reports: found },
      })
    }
    return found
  })
}
