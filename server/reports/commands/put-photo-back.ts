import { and, desc, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { events, reportPhotos, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { readSettings } from '#server/platform/settings.ts'
import { lockReport, refuseDuringHold } from '../queries/lock.ts'
import { activityBefore, keptIn } from '../rules/kept.ts'
import { mayAct } from '../rules/policy.ts'
import type { namedPhotoInput } from '../rules/schemas.ts'
import type { Moved } from './move-report.ts'
import { isTooLate } from './undo-change.ts'
import { updateSearch } from './update-search.ts'

type NamedPhoto = z.output<typeof namedPhotoInput>

/** Restores a photo that the actor has just removed, in its place and under the account that had added it. */
export async function putPhotoBack(ctx: Context, { reportId, fileId, name }: NamedPhoto): Promise<Moved> {
  return ctx.db.transaction(async (tx) => {
    const report = await lockReport(tx, ctx, reportId)
    const actor = capacityFor(ctx.actor, (capacity) => mayAct(capacity, 'remove_photo', report.agencyId))
    if (!actor) throw new DomainError('forbidden')
    await refuseDuringHold(tx, ctx, report)
    const { at, kept } = await removalOf(tx, ctx, { reportId, fileId })
    if (isTooLate(at, ctx.now(), await readSettings(tx))) throw new DomainError('undo_too_late')
    const photos = kept.photos?.map((photo) => ({ ...photo, name, addedAt: new Date(photo.addedAt) }) as Photo) ?? []
    const back = await tx
      .insert(reportPhotos)
      .values(photos)
      .onConflictDoNothing()
      .returning({ kind: reportPhotos.kind })
    const [first] = back
    if (!first) throw new DomainError('nothing_to_undo')
    if (name !== '') await updateSearch(tx, [report.id])
    await tx
      .update(reports)
      .set({ photoCount: sql`${reports.photoCount} + ${back.length}`, ...activityBefore(report, kept) })
      .where(eq(reports.id, report.id))
    const told = { subject: { kind: 'report', id: report.id }, agencyId: report.agencyId } as const
    const stays = { from: report.state, to: report.state }
    const details = { fileId, kind: first.kind }
    await recordEvent(tx, { ...ctx, actor }, { event: 'report.photo_added', ...told, ...stays, details })
    return { id: report.id, code: report.code, version: report.version, state: report.state }
  })
}

type Photo = typeof reportPhotos.$inferInsert

async function removalOf(tx: Transaction, { actor }: Context, photo: Pick<NamedPhoto, 'reportId' | 'fileId'>) {
  const [removal] = await tx
    .select({ at: events.at, details: events.details })
    .from(events)
    .where(
      and(
        eq(events.reportId, photo.reportId),
        eq(events.event, 'report.photo_removed'),
        eq(events.actorId, actor.id ?? ''),
        eq(sql`${events.details} ->> 'fileId'`, photo.fileId),
      ),
    )
    .orderBy(desc(events.id))
    .limit(1)
  const kept = keptIn(removal?.details ?? {})
  if (!removal || !kept.photos) throw new DomainError('nothing_to_undo')
  return { at: removal.at, kept }
}
