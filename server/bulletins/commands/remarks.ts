import { and, eq, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { bulletinRemarks, bulletins } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { addRemarkInput, remarkInput } from '../rules/schemas.ts'
import { writerIn } from './writer.ts'

type Remark = z.output<typeof addRemarkInput>

/**
 * An editorial remark. It never conflicts with anything, so it needs no version. The browser assigns its id: sent twice
 * it is one.
 */
export async function addRemark(ctx: Context, input: Remark): Promise<{ id: string }> {
  const { actor, editorId: authorId } = writerIn(ctx)
  return ctx.db.transaction(async (tx) => {
    const { id, bulletinId, body, important } = input
    const [bulletin] = await tx.select({ id: bulletins.id }).from(bulletins).where(eq(bulletins.id, bulletinId))
    if (!bulletin) throw new DomainError('not_found', { subject: 'bulletin', id: bulletinId })
    const [remark] = await tx
      .insert(bulletinRemarks)
      .values({ id, bulletinId, authorId, body, important, createdAt: ctx.now() })
      .onConflictDoNothing({ target: bulletinRemarks.id })
      .returning({ id: bulletinRemarks.id })
    if (!remark) {
      if (!(await isWritten(tx, input, authorId))) throw new DomainError('remark_taken')
      return { id }
    }
    await recordEvent(
      tx,
      { ...ctx, actor },
      {
        event: 'bulletin.remark_added',
        subject: { kind: 'bulletin', id: bulletinId },
        details: { remarkId: id, body, important },
      },
    )
    return { id }
  })
}

/** An id that is taken must belong to this very remark, sent before: text is never dropped silently. */
async function isWritten(tx: Transaction, { id, bulletinId, body, important }: Remark, authorId: string) {
  const [remark] = await tx
    .select({ id: bulletinRemarks.id })
    .from(bulletinRemarks)
    .where(
      and(
        eq(bulletinRemarks.id, id),
        eq(bulletinRemarks.bulletinId, bulletinId),
        eq(bulletinRemarks.authorId, authorId),
        eq(bulletinRemarks.body, body),
        eq(bulletinRemarks.important, important),
      ),
    )
  return remark !== undefined
}

export async function resolveRemark(ctx: Context, input: z.output<typeof remarkInput>): Promise<void> {
  const { actor } = writerIn(ctx)
  await ctx.db.transaction(async (tx) => {
    const { bulletinId, remarkId } = input
    const [remark] = await tx
      .update(bulletinRemarks)
      .set({ resolvedById: ctx.actor.id, resolvedAt: ctx.now() })
      .where(
        and(
          eq(bulletinRemarks.id, remarkId),
          eq(bulletinRemarks.bulletinId, bulletinId),
          isNull(bulletinRemarks.resolvedAt),
        ),
      )
      .returning({ id: bulletinRemarks.id })
    if (!remark) throw new DomainError('not_found', { subject: 'remark', id: remarkId })
    await recordEvent(
      tx,
      { ...ctx, actor },
      {
        event: 'bulletin.remark_resolved',
        subject: { kind: 'bulletin', id: bulletinId },
        details: { remarkId },
      },
    )
  })
}
