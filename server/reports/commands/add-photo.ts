import { eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { files, reportPhotos, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { wayToAct } from '#server/accounts/rules/substitution.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockReport } from '../queries/lock.ts'
import { isOpen } from '../rules/lifecycle.ts'
import { mayAct } from '../rules/policy.ts'
import type { addPhotoInput } from '../rules/schemas.ts'
import type { Moved } from './move-report.ts'

const mostPhotos = 40

/**
 * Hangs an uploaded photo on a report. Photos never stand against each other, so it asks for no version; handed in
 * twice it hangs there once. Who knows the id of a file has uploaded it or seen it: ids cannot be guessed.
 */
export async function addPhoto(ctx: Context, input: z.output<typeof addPhotoInput>): Promise<Moved> {
  return ctx.db.transaction(async (tx) => {
    const report = await lockReport(tx, ctx, input.reportId)
    const actor = wayToAct(ctx.actor, (way) => mayAct(way, 'add_photo', report.agencyId))
    if (!actor) throw new DomainError('forbidden')
    if (input.kind === 'proof' && !isOpen(report.state)) {
      throw new DomainError('invalid_move', { state: report.state })
    }
    const [file] = await tx.select({ id: files.id }).from(files).where(eq(files.id, input.fileId))
    if (!file) throw new DomainError('not_found', { subject: 'file' })
    if (report.photoCount >= mostPhotos) throw new DomainError('too_many_photos', { most: mostPhotos })
    const moved: Moved = { id: report.id, code: report.code, version: report.version, state: report.state }
    const [added] = await tx
      .insert(reportPhotos)
      .values({
        reportId: report.id,
        fileId: file.id,
        kind: input.kind,
        addedById: ctx.actor.id,
        addedAt: ctx.now(),
        position: report.photoCount,
      })
      .onConflictDoNothing()
      .returning({ fileId: reportPhotos.fileId })
    if (!added) return moved
    await tx
      .update(reports)
      .set({
        photoCount: sql`${reports.photoCount} + 1`,
        lastActivityAt: ctx.now(),
        lastActivityBy: input.kind === 'citizen' ? 'citizen' : 'staff',
      })
      .where(eq(reports.id, report.id))
    await recordEvent(
      tx,
      { ...ctx, actor },
      {
        event: 'report.photo_added',
        subject: { kind: 'report', id: report.id },
        agencyId: report.agencyId,
        from: report.state,
        to: report.state,
        details: { fileId: file.id, kind: input.kind },
      },
    )
    return moved
  })
}
