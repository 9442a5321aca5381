import { and, asc, eq } from 'drizzle-orm'
import { files, reportPhotos, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { disclose } from '#server/disclosures/commands/disclose.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { visibleTo } from '../queries/scope.ts'
import { revealing } from '../rules/revealing.ts'

/**
 * Where a photo is kept as it came: with the place, the time and the device of whoever sent it. So it goes through the gate to personal
 * data, for a report whose reporter the actor may see.
 */
export async function takeOriginal(
  ctx: Context,
  sessionId: string | null,
  { fileId, reason }: { fileId: string; reason: string },
): Promise<{ key: string; mime: string }> {
  const mayReveal = revealing(ctx.actor)
  return ctx.db.transaction(async (tx) => {
    const hangings = await tx
      .select({ key: files.originalKey, mime: files.mime, reportId: reports.id, agencyId: reports.agencyId })
      .from(files)
      .innerJoin(reportPhotos, eq(reportPhotos.fileId, files.id))
      .innerJoin(reports, eq(reports.id, reportPhotos.reportId))
      .where(and(eq(files.id, fileId), eq(files.purpose, 'report_photo'), visibleTo(ctx.actor)))
      .orderBy(asc(reports.id))
    if (hangings.length === 0) throw new DomainError('not_found')
    const photo = hangings.find(({ agencyId }) => mayReveal(agencyId))
    if (!photo) throw new DomainError('forbidden')
    const { key, mime, reportId } = photo
    const lookId = await disclose(tx, ctx, sessionId, { purpose: 'original_photo', reason, reportIds: [reportId] })
    await recordEvent(tx, ctx, {
      event: 'disclosure.original_taken',
      subject: { kind: 'disclosure', id: String(lookId) },
      agencyId: photo.agencyId,
      details: { reason, fileId, reportId },
    })
    return { key, mime }
  })
}
