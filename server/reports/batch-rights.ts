import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { type answerBatches, answerBatchRecipients, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { holds } from '#server/accounts/rules/actor.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { DomainError } from '#server/platform/errors.ts'

export type Batch = typeof answerBatches.$inferSelect

/** The second person: not the author, and an approver of every agency whose reports are answered. */
export async function assertReviewer(db: Connection, { actor }: Pick<Context, 'actor'>, batch: Batch): Promise<void> {
  if (batch.authorId === actor.id) throw new DomainError('own_batch')
  const held = await db
    .selectDistinct({ agencyId: reports.agencyId })
    .from(answerBatchRecipients)
    .innerJoin(reports, eq(reports.id, answerBatchRecipients.reportId))
    .where(eq(answerBatchRecipients.batchId, batch.id))
  if (!held.every(({ agencyId }) => holds(actor, 'approver', agencyId))) throw new DomainError('forbidden')
}

/** The author, whoever approved it, and the dispatchers of the city. */
export function isSteward({ actor }: Pick<Context, 'actor'>, batch: Batch): boolean {
  const isIn = actor.id !== null && [batch.authorId, batch.reviewerId].includes(actor.id)
  return isIn || mayUse(actor, 'incidents.edit')
}

export function assertSteward(ctx: Pick<Context, 'actor'>, batch: Batch): void {
  if (!isSteward(ctx, batch)) throw new DomainError('forbidden')
}
