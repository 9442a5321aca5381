import { and, asc, eq, gt, gte, isNull, lt, notInArray, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { incidentSuggestions, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { incidentMatchers, type KnownIncidentMatcher } from '#server/incidents/queries.ts'
import { suggestionsFor, writeSuggestions } from '../suggestions.ts'

const pageSize = 500

type Place = { receivedAt: Date; id: number }

/**
 * Searches the reports received since the incident began, after its incident matcher has changed: new matches are
 * suggested, suggestions that no longer match are withdrawn, decided ones stay. One transaction per page, so that no
 * one waits for the whole search; its job has a separate queue, so that an incident has one search at a time. Reports
 * received meanwhile are handled at intake. Returns how many suggestions are new.
 */
export async function suggestReports(ctx: Context, incidentId: string): Promise<number> {
  const pending = and(eq(incidentSuggestions.incidentId, incidentId), eq(incidentSuggestions.status, 'pending'))
  const known = await ctx.db.select({ reportId: incidentSuggestions.reportId }).from(incidentSuggestions).where(pending)
  const [incident] = await incidentMatchers(ctx.db, incidentId)
  const stillMatching = new Set<number>()
  let found = 0
  let place: Place | null = null
  while (incident) {
    const from: Place | null = place
    const page: Page = await ctx.db.transaction(async (tx) => suggestPage(tx, incident, from, ctx.now()))
    found += page.found
    for (const id of page.matching) stillMatching.add(id)
    if (!page.last) break
    place = page.last
  }
  const stale = known.map(({ reportId }) => reportId).filter((id) => !stillMatching.has(id))
  await ctx.db.transaction(async (tx) => {
    await tx
      .delete(incidentSuggestions)
      .where(and(pending, sql`${incidentSuggestions.reportId} = any(${`{${stale.join(',')}}`}::bigint[])`))
    if (found === 0) return
    await recordEvent(tx, ctx, {
      event: 'incident.reports_suggested',
      subject: { kind: 'incident', id: incidentId },
      details: { reports: found },
    })
  })
  return found
}

type Page = { found: number; matching: number[]; last: Place | undefined }

async function suggestPage(
  tx: Transaction,
  incident: KnownIncidentMatcher,
  from: Place | null,
  at: Date,
): Promise<Page> {
  const page = await tx
    .select()
    .from(reports)
    .where(
      and(
        // Nothing is reported before it happens: a report received before the start cannot match.
        gte(reports.receivedAt, incident.startsAt),
        isNull(reports.incidentId),
        notInArray(reports.state, ['merged', 'rejected']),
        from === null
          ? undefined
          : or(
              gt(reports.receivedAt, from.receivedAt),
              and(eq(reports.receivedAt, from.receivedAt), gt(reports.id, from.id)),
            ),
        incident.endsAt === null
          ? undefined
          : or(lt(reports.receivedAt, incident.endsAt), sql`${reports.occurredAt} is not null`),
      ),
    )
    .orderBy(asc(reports.receivedAt), asc(reports.id))
    .limit(pageSize)
  const rows = page.flatMap((report) => suggestionsFor(report, [incident], at))
  // In the order in which every command locks reports, so that no deadlock occurs.
  rows.sort((one, other) => one.reportId - other.reportId)
  const found = await writeSuggestions(tx, rows)
  return {
    found,
    matching: rows.map(({ reportId }) => reportId),
    last: page.length < pageSize ? undefined : page.at(-1),
  }
}
