import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { type answerBatches, answerBatchRecipients, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { type Actor, holds } from '#server/accounts/rules/actor.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { bestCapacity, capacitiesOf, shareAPerson } from '#server/accounts/rules/substitution.ts'
import { DomainError } from '#server/platform/errors.ts'

export type Batch = typeof answerBatches.$inferSelect

/**
 * The capacity in which the actor may be the second person: shares no person with the author, under their own name or
 * as a substitute, and is an approver of every agency whose reports are answered. The city's notice is approved by
 * anyone who may write one, or who is an approver of the city.
 */
export async function capacityToReview(
  db: Connection,
  { actor }: Pick<Context, 'actor'>,
  batch: Batch,
): Promise<Actor> {
  const isNotice = batch.kind === 'notice'
  const held = await db
    .selectDistinct({ agencyId: reports.agencyId })
    .from(answerBatchRecipients)
    .innerJoin(reports, eq(reports.id, answerBatchRecipients.reportId))
    .where(eq(answerBatchRecipients.batchId, batch.id))
  const author = { id: batch.authorId, onBehalfOf: batch.authorFor }
  const { capacity, refusalReason } = bestCapacity(actor, (one) => {
    if (shareAPerson(author, one)) return 'own_batch'
    const mayReview = isNotice
      ? mayUse(one, 'incidents.notify') || holds(one, 'approver', null)
      : held.every(({ agencyId }) => holds(one, 'approver', agencyId))
    return mayReview ? null : 'forbidden'
  })
  if (refusalReason) throw new DomainError(refusalReason)
  return capacity
}

/**
 * The actor in the capacity they acted in before; where they are no longer a substitute there, with their own roles.
 */
export function inSamePlace(actor: Actor, onBehalfOf: string | null): Actor {
  const [own, ...others] = capacitiesOf(actor)
  return others.find((capacity) => capacity.onBehalfOf === onBehalfOf) ?? own ?? actor
}

/** The author, the account that approved it, and the dispatchers of the city. */
export function isSteward({ actor }: Pick<Context, 'actor'>, batch: Batch): boolean {
  const isIn = actor.id !== null && [batch.authorId, batch.reviewerId].includes(actor.id)
  return isIn || mayUse(actor, 'incidents.edit')
}

/** Officers and approvers of every agency whose reports are answered: the answers are given in their name. */
export function answersFor(actor: Actor, agencyIds: readonly (string | null)[]): boolean {
  return capacitiesOf(actor).some((capacity) =>
    agencyIds.every((agencyId) => holds(capacity, 'officer', agencyId) || holds(capacity, 'approver', agencyId)),
  )
}

export function assertSteward(ctx: Pick<Context, 'actor'>, batch: Batch): void {
  if (!isSteward(ctx, batch)) throw new DomainError('forbidden')
}
