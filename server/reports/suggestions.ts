import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { incidentSuggestions, type reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { KnownIncidentMatcher } from '#server/incidents/queries.ts'
import { matchOf } from '#server/incidents/rules/matching.ts'
import type { KeptSuggestion } from './rules/kept.ts'

type Matched = Pick<typeof reports.$inferSelect, 'id' | 'areaId' | 'categoryCode' | 'title' | 'body' | 'receivedAt'> & {
  occurredAt: Date | null
}

/** The incidents that the report may belong to, as rows to write. */
export function suggestionsFor(report: Matched, incidentMatchers: readonly KnownIncidentMatcher[], at: Date) {
  const arrival = { ...report, at: report.occurredAt ?? report.receivedAt }
  return incidentMatchers.flatMap((incident) => {
    const match = matchOf(arrival, incident)
    return match ? [{ reportId: report.id, incidentId: incident.id, suggestedAt: at, ...match }] : []
  })
}

type Row = ReturnType<typeof suggestionsFor>[number]

/** Writes new suggestions; decided ones stay as decided. Returns how many are new. */
export async function writeSuggestions(tx: Transaction, rows: readonly Row[]): Promise<number> {
  if (rows.length === 0) return 0
  const written = await tx
    .insert(incidentSuggestions)
    .values([...rows])
    .onConflictDoUpdate({
      target: [incidentSuggestions.reportId, incidentSuggestions.incidentId],
      set: { subType: sql`excluded.sub_type`, keywords: sql`excluded.keywords` },
      setWhere: eq(incidentSuggestions.status, 'pending'),
    })
    .returning({ isNew: sql<boolean>`xmax = 0` })
  return written.filter(({ isNew }) => isNew).length
}

type Linking = { reportId: number; from: string | null; to: string | null }

/**
 * A report that is linked, in whatever way, has its suggestion confirmed; unlinked, dismissed. Returns the previous
 * decisions.
 */
export async function settleSuggestions(tx: Transaction, ctx: Context, linking: Linking): Promise<KeptSuggestion[]> {
  const { reportId, from, to } = linking
  if (from === to) return []
  const before = await decisionsOn(tx, linking)
  if (from !== null) await decideSuggestion(tx, ctx, reportId, from, 'dismissed')
  if (to !== null) await decideSuggestion(tx, ctx, reportId, to, 'confirmed')
  return before
}

async function decisionsOn(tx: Transaction, { reportId, from, to }: Linking): Promise<KeptSuggestion[]> {
  const rows = await tx
    .select({
      incidentId: incidentSuggestions.incidentId,
      status: incidentSuggestions.status,
      decidedById: incidentSuggestions.decidedById,
      decidedAt: incidentSuggestions.decidedAt,
    })
    .from(incidentSuggestions)
    .where(
      and(
        eq(incidentSuggestions.reportId, reportId),
        inArray(
          incidentSuggestions.incidentId,
          [from, to].filter((id) => id !== null),
        ),
      ),
    )
  return rows.map(({ decidedAt, ...row }) => ({ ...row, decidedAt: decidedAt?.toISOString() ?? null }))
}

/** Restores the suggestions to what they were before the link; returns what they were until now. */
export async function restoreSuggestions(
  tx: Transaction,
  linking: Linking,
  kept: readonly KeptSuggestion[],
): Promise<KeptSuggestion[]> {
  const before = await decisionsOn(tx, linking)
  for (const { incidentId, decidedAt, ...decision } of kept) {
    await tx
      .update(incidentSuggestions)
      .set({ ...decision, decidedAt: decidedAt === null ? null : new Date(decidedAt) })
      .where(and(eq(incidentSuggestions.reportId, linking.reportId), eq(incidentSuggestions.incidentId, incidentId)))
  }
  return before
}

/** Returns whether there was a suggestion to decide on; `only`: only one in this status. */
export async function decideSuggestion(
  tx: Transaction,
  ctx: Context,
  reportId: number,
  incidentId: string,
  status: KeptSuggestion['status'],
  only?: KeptSuggestion['status'],
): Promise<boolean> {
  const decided = status === 'pending' ? null : ctx.now()
  const [row] = await tx
    .update(incidentSuggestions)
    .set({ status, decidedAt: decided, decidedById: decided && ctx.actor.id })
    .where(
      and(
        eq(incidentSuggestions.reportId, reportId),
        eq(incidentSuggestions.incidentId, incidentId),
        only && eq(incidentSuggestions.status, only),
      ),
    )
    .returning({ reportId: incidentSuggestions.reportId })
  return row !== undefined
}
