import { and, eq, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import { bulletinRemarks, bulletins } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { addRemarkInput, remarkInput } from '../rules/schemas.ts'
import { writerIn } from './writer.ts'

/** An editorial remark. It never stands against anything, so it asks for no version. */
export async function addRemark(ctx: Context, input: z.output<typeof addRemarkInput>): Promise<{ id: string }> {
  const { actor, editorId: authorId } = writerIn(ctx)
  return ctx.db.transaction(async (tx) => {
    const { bulletinId, body, important } = input
    const [bulletin] = await tx.select({ id: bulletins.id }).from(bulletins).where(eq(bulletins.id, bulletinId))
    if (!bulletin) throw new DomainError('not_found', { subject: 'bulletin', id: bulletinId })
    const [remark] = await tx
      .insert(bulletinRemarks)
      .values({ bulletinId, authorId, body, important, createdAt: ctx.now() })
      .returning({ id: bulletinRemarks.id })
    if (!remark) throw new Error('no remark was written')
    await recordEvent(
      tx,
      { ...ctx, actor },
      {
        event: 'bulletin.remark_added',
        subject: { kind: 'bulletin', id: bulletinId },
        details: { remarkId: remark.id, body, important },
      },
    )
    return remark
  })
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
