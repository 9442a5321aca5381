import { and, eq, lt } from 'drizzle-orm'
import type { z } from 'zod'
import type { Connection } from '#db/client.ts'
import { reportDrafts, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockReport } from '../queries/lock.ts'
import { visibleTo } from '../queries/scope.ts'
import { oldestDraft } from '../rules/draft-days.ts'
import type { DraftKind } from '../rules/draft-kinds.ts'
import type { dropDraftInput, keepDraftInput, shareDraftInput } from '../rules/drafts.ts'
import { mayAct } from '../rules/policy.ts'
import { type ServerDraft, sameWords } from '../rules/reconcile-drafts.ts'

type Kept = { kept: true; savedAt: Date } | { kept: false; theirs: ServerDraft }

/**
 * Saves what the user is typing. It never overwrites text that the tab has not seen: where another tab or machine was
 * first, that text is returned and nothing is written. Where the text was sent meanwhile, null is returned.
 */
export async function keepDraft(ctx: Context, input: z.output<typeof keepDraftInput>): Promise<Kept> {
  const { db, actor } = ctx
  const { reportId, kind, value, base } = input
  const accountId = ownId(ctx)
  const savedAt = ctx.now()
  const [report] = await db
    .select({ id: reports.id })
    .from(reports)
    .where(and(eq(reports.id, reportId), visibleTo(actor)))
  if (!report) throw new DomainError('not_found')
  const written =
    base === null
      ? await db
          .insert(reportDrafts)
          .values({ accountId, reportId, kind, value, savedAt })
          .onConflictDoNothing()
          .returning()
      : await db
          .update(reportDrafts)
          .set({ value, savedAt })
          .where(and(draftIs(accountId, reportId, kind), eq(reportDrafts.savedAt, base)))
          .returning()
  if (written.length > 0) return { kept: true, savedAt }
  const [theirs] = await db
    .select({ value: reportDrafts.value, savedAt: reportDrafts.savedAt })
    .from(reportDrafts)
    .where(draftIs(accountId, reportId, kind))
  // The same text again: a request that was repeated because its response got lost.
  if (theirs && sameWords(theirs.value, value)) return { kept: true, savedAt: theirs.savedAt }
  return { kept: false, theirs: theirs ?? null }
}

/** Deletes a draft; also in the transaction that sends its text. */
export async function forgetDraft(
  db: Connection,
  { accountId, reportId, kind }: { accountId: string; reportId: number; kind: DraftKind },
): Promise<void> {
  await db.delete(reportDrafts).where(draftIs(accountId, reportId, kind))
}

export async function dropDraft(ctx: Context, { reportId, kind }: z.output<typeof dropDraftInput>): Promise<void> {
  await forgetDraft(ctx.db, { accountId: ownId(ctx), reportId, kind })
}

/** Shares the draft with the agency that holds the report now, to read and to continue; or stops sharing it. */
export async function shareDraft(ctx: Context, input: z.output<typeof shareDraftInput>): Promise<void> {
  const { reportId, kind, isShared } = input
  const accountId = ownId(ctx)
  await ctx.db.transaction(async (tx) => {
    const report = await lockReport(tx, ctx, reportId)
    const capacity = capacityFor(ctx.actor, (actor) => mayAct(actor, 'add_note', report.agencyId))
    if (!capacity) throw new DomainError('forbidden')
    const [draft] = await tx
      .update(reportDrafts)
      .set({ sharedAt: isShared ? ctx.now() : null, agencyId: isShared ? report.agencyId : null })
      .where(draftIs(accountId, reportId, kind))
      .returning({ kind: reportDrafts.kind })
    if (!draft) throw new DomainError('no_draft')
    await recordEvent(
      tx,
      { ...ctx, actor: capacity },
      {
        event: isShared ? 'report.draft_shared' : 'report.draft_taken_back',
        subject: { kind: 'report', id: report.id },
        agencyId: report.agencyId,
        from: report.state,
        to: report.state,
        details: { kind },
      },
    )
  })
}

/** Deletes drafts that have not been changed for a month. */
export async function forgetOldDrafts({ db, now }: Context): Promise<void> {
  await db.delete(reportDrafts).where(lt(reportDrafts.savedAt, oldestDraft(now())))
}

const draftIs = (accountId: string, reportId: number, kind: DraftKind) =>
  and(eq(reportDrafts.accountId, accountId), eq(reportDrafts.reportId, reportId), eq(reportDrafts.kind, kind))

function ownId({ actor }: Context): string {
  if (actor.id === null) throw new DomainError('forbidden')
  return actor.id
}
