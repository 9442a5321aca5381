import { and, eq, not, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { reportPhotos, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockReport, type ReportRow, refuseDuringHold } from '../queries/lock.ts'
import { isInAnswer } from '../queries/photos.ts'
import type { Kept } from '../rules/kept.ts'
import { actedBy, awaitsReply } from '../rules/last-word.ts'
import { mayAct } from '../rules/policy.ts'
import type { photoInput } from '../rules/schemas.ts'
import type { Moved } from './move-report.ts'
import { updateSearch } from './update-search.ts'

/**
 * Removes a photo that staff attached to a report. What the citizen sent stays, and so does the proof of an answer: it
 * is part of the answer. The file itself is kept in case the removal is investigated.
 */
export async function removePhoto(ctx: Context, input: z.output<typeof photoInput>): Promise<Moved> {
  return ctx.db.transaction(async (tx) => {
    const report = await lockReport(tx, ctx, input.reportId)
    const actor = capacityFor(ctx.actor, (capacity) => mayAct(capacity, 'remove_photo', report.agencyId))
    if (!actor) throw new DomainError('forbidden')
    await refuseDuringHold(tx, ctx, report)
    const here = and(eq(reportPhotos.reportId, report.id), eq(reportPhotos.fileId, input.fileId))
    const photos = await tx.select({ kind: reportPhotos.kind }).from(reportPhotos).where(here)
    if (photos.length === 0) throw new DomainError('not_found', { subject: 'photo' })
    const removed = await tx
      .delete(reportPhotos)
      .where(
        and(here, not(isInAnswer), sql`(${reportPhotos.kind} <> 'citizen' or ${reportPhotos.addedById} is not null)`),
      )
      .returning()
    if (removed.length === 0) throw new DomainError('photo_bound')
    const now = ctx.now()
    if (removed.some(({ name }) => name !== '')) await updateSearch(tx, [report.id])
    await tx
      .update(reports)
      .set({
        photoCount: sql`${reports.photoCount} - ${removed.length}`,
        ...(!awaitsReply(report) && { lastActivityAt: now, lastActivityBy: actedBy(actor) }),
      })
      .where(eq(reports.id, report.id))
    await recordEvent(
      tx,
      { ...ctx, actor },
      {
        event: 'report.photo_removed',
        subject: { kind: 'report', id: report.id },
        agencyId: report.agencyId,
        from: report.state,
        to: report.state,
        details: { fileId: input.fileId, kind: removed[0]?.kind, kept: keptOf(report, removed, now) },
      },
    )
    return { id: report.id, code: report.code, version: report.version, state: report.state }
  })
}

type Photo = typeof reportPhotos.$inferSelect

function keptOf(report: ReportRow, removed: readonly Photo[], now: Date): Kept {
  const { lastActivityAt, lastActivityBy } = report
  const before = { at: lastActivityAt.toISOString(), by: lastActivityBy, until: now.toISOString() }
  return {
    ...(!awaitsReply(report) && { activity: before }),
    photos: removed.map(({ name: _, ...photo }) => ({ ...photo, addedAt: photo.addedAt.toISOString() })),
  }
}
