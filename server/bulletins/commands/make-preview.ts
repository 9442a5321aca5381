import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import type { Connection } from '#db/client.ts'
import { bulletinPreviews } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockBulletin } from '../queries/lock.ts'
import { wasTakenDownSince } from '../queries/removals.ts'
import type { makePreviewInput, revokePreviewsInput } from '../rules/schemas.ts'
import { writerIn } from './writer.ts'

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A secret address under which a reader without an account reads an unpublished text, for some hours. */
export async function makePreview(
  ctx: Context,
  { id, hours }: z.output<typeof makePreviewInput>,
): Promise<{ path: string; expiresAt: Date }> {
  const { actor, editorId: createdById } = writerIn(ctx)
  const token = randomBytes(24).toString('base64url')
  const expiresAt = new Date(ctx.now().getTime() + hours * 3_600_000)
  await ctx.db.transaction(async (tx) => {
    const bulletin = await lockBulletin(tx, id)
    if (bulletin.state === 'unpublished') throw new DomainError('bulletin_gone')
    if (bulletin.state === 'discarded') throw new DomainError('bulletin_discarded')
    const row = { tokenHash: hashOf(token), bulletinId: id, createdById, createdAt: ctx.now(), expiresAt }
    await tx.insert(bulletinPreviews).values(row)
    await recordEvent(
      tx,
      { ...ctx, actor },
      {
        event: 'bulletin.preview_made',
        subject: { kind: 'bulletin', id },
        details: { expiresAt: expiresAt.toISOString() },
      },
    )
  })
  return { path: `/ban-tin/xem-truoc/${token}`, expiresAt }
}

/** Ends every active secret address of a bulletin. A reader who opens one of them finds nothing. */
export async function revokePreviews(
  ctx: Context,
  { id }: z.output<typeof revokePreviewsInput>,
): Promise<{ revoked: number }> {
  const { actor } = writerIn(ctx)
  return ctx.db.transaction(async (tx) => {
    await lockBulletin(tx, id)
    const ended = await tx
      .update(bulletinPreviews)
      .set({ endedAt: ctx.now() })
      .where(isLive(id, ctx.now()))
      .returning({ bulletinId: bulletinPreviews.bulletinId })
    const revoked = ended.length
    if (revoked > 0) {
      const event = {
        event: 'bulletin.previews_revoked' as const,
        subject: { kind: 'bulletin' as const, id },
        details: { revoked },
      }
      await recordEvent(tx, { ...ctx, actor }, event)
    }
    return { revoked }
  })
}

const isLive = (bulletinId: string, now: Date) =>
  and(
    eq(bulletinPreviews.bulletinId, bulletinId),
    isNull(bulletinPreviews.endedAt),
    gt(bulletinPreviews.expiresAt, now),
  )

/** The bulletin behind a secret address, as long as the address is active. */
export async function previewedBulletin(db: Connection, token: string, now: Date): Promise<string | null> {
  const [row] = await db
    .select({ bulletinId: bulletinPreviews.bulletinId })
    .from(bulletinPreviews)
    .where(
      and(
        eq(bulletinPreviews.tokenHash, hashOf(token)),
        isNull(bulletinPreviews.endedAt),
        gt(bulletinPreviews.expiresAt, now),
      ),
    )
  return row?.bulletinId ?? null
}

/** Whether what a secret address showed has been taken down since. */
export async function isPreviewTakenDown(db: Connection, token: string): Promise<boolean> {
  const [row] = await db
    .select({ bulletinId: bulletinPreviews.bulletinId, createdAt: bulletinPreviews.createdAt })
    .from(bulletinPreviews)
    .where(eq(bulletinPreviews.tokenHash, hashOf(token)))
  return row !== undefined && (await wasTakenDownSince(db, row.bulletinId, row.createdAt))
}
