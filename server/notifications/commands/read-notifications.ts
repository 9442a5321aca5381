import { and, eq, inArray, isNull, lte } from 'drizzle-orm'
import type { z } from 'zod'
import { notifications } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { announce } from '#server/platform/announce.ts'
import type { readInput } from '../rules/schemas.ts'

/**
 * Marks notifications as read: some, or all that were shown up to an instant. The account's other tabs are notified.
 * Reading about a deadline delays the next notification about that report for some hours, but not its clock.
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
