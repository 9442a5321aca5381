import { and, eq, inArray, isNull, lte } from 'drizzle-orm'
import type { z } from 'zod'
import { notifications } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { announce } from '#server/platform/announce.ts'
import type { readInput } from '../rules/schemas.ts'

/**
 * Marks what the account has read: some, or everything that was shown up to an instant. Its other tabs hear of it.
 * Reading of a deadline quiets the next step about that report for some hours, not the clock.
 */
export async function readNotifications(ctx: Context, input: z.output<typeof readInput>): Promise<{ read: number }> {
  const accountId = ctx.actor.id
  if (accountId === null) return { read: 0 }
  return ctx.db.transaction(async (tx) => {
    const read = await tx
      .update(notifications)
      .set({ readAt: ctx.now() })
      .where(
        and(
          eq(notifications.accountId, accountId),
          isNull(notifications.readAt),
          'ids' in input ? inArray(notifications.id, input.ids) : lte(notifications.shownAt, input.upTo),
        ),
      )
      .returning({ id: notifications.id })
    if (read.length > 0) await announce(tx, { kind: 'notification', ids: null, accountId })
    return { read: read.length }
  })
}
