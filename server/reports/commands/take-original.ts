import { and, eq } from 'drizzle-orm'
import { files } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { disclose } from '#server/disclosures/commands/disclose.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { hangingsInSight } from '../queries/photos.ts'
import { revealing } from '../rules/revealing.ts'

/**
 * Where a photo is stored unchanged: with the place, the time and the device of its sender. So the checks and log of
 * personal data apply, and the actor must be allowed to see the reporter.
 */
export async function takeOriginal(
  ctx: Context,
  sessionId: string | null,
  { fileId, reason }: { fileId: string; reason: string },
): Promise<{ key: string; mime: string }> {
  const mayReveal = revealing(ctx.actor)
  return ctx.db.transaction(async (tx) => {
    const [photo] = await tx
      .select({ key: files.originalKey, mime: files.mime })
      .from(files)
      .where(and(eq(files.id, fileId), eq(files.purpose, 'report_photo')))
    const hangings = await hangingsInSight(tx, ctx.actor, fileId)
    if (!photo || hangings.length === 0) throw new DomainError('not_found')
    const hanging = hangings.find(({ holderId }) => mayReveal(holderId))
    if (!hanging) throw new DomainError('forbidden')
    const { reportId, holderId } = hanging
    const lookId = await disclose(tx, ctx, sessionId, { purpose: 'original_photo', reason, reportIds: [reportId] })
    await recordEvent(tx, ctx, {
      event: 'disclosure.original_taken',
      subject: { kind: 'disclosure', id: String(lookId) },
      agencyId: holderId,
      details: { reason, fileId, reportId },
    })
    return photo
  })
}
