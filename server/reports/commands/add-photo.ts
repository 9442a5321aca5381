import { and, eq, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { answerPhotos, events, files, reportAnswers, reportPhotos, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockReport, refuseDuringHold } from '../queries/lock.ts'
import { actedBy, awaitsReply } from '../rules/last-word.ts'
import { isOpen } from '../rules/lifecycle.ts'
import { mostPhotos } from '../rules/parts.ts'
import { mayAct } from '../rules/policy.ts'
import { isSpent } from '../rules/proof.ts'
import type { addPhotoInput } from '../rules/schemas.ts'
import type { Moved } from './move-report.ts'
import { updateSearch } from './update-search.ts'

type AddPhoto = z.output<typeof addPhotoInput>

/**
 * Attaches an uploaded photo to a report. Photos never conflict with each other, so it needs no version; attached
 * twice, a photo is there once. Proof that was sent with an answer becomes available for the next answer when it is
 * uploaded again. Only photos that the actor uploaded as report photos, or that are or were attached to this report.
 */
export async function addPhoto(ctx: Context, input: AddPhoto): Promise<Moved> {
  return ctx.db.transaction(async (tx) => {
    const report = await lockReport(tx, ctx, input.reportId)
    const moved: Moved = { id: report.id, code: report.code, version: report.version, state: report.state }
    const hanging = await hangingOf(tx, input)
    const isThere = hanging !== null && !(hanging.isSpent && isOpen(report.state))
    // Attached by a request whose response got lost: the right may have gone since, the photo is attached.
    if (isThere && ctx.actor.id !== null && hanging.addedById === ctx.actor.id) return moved
    const actor = capacityFor(ctx.actor, (capacity) => mayAct(capacity, 'add_photo', report.agencyId))
    if (!actor) throw new DomainError('forbidden')
    await refuseDuringHold(tx, ctx, report)
    if (input.kind === 'proof' && !isOpen(report.state)) {
      throw new DomainError('invalid_move', { state: report.state })
    }
    const file = await fileToHang(tx, actor, input)
    if (isThere) return moved
    if (!hanging && report.photoCount >= mostPhotos) throw new DomainError('too_many_photos', { most: mostPhotos })
    const added = { addedById: ctx.actor.id, addedAt: ctx.now(), agencyId: report.agencyId }
    if (hanging) await tx.update(reportPhotos).set(added).where(placeOf(input))
    else {
      const { reportId, kind, name } = input
      await tx
        .insert(reportPhotos)
        .values({ ...added, reportId, fileId: file.id, kind, name, position: report.photoCount })
    }
    await tx
      .update(files)
      .set({ attachedAt: ctx.now() })
      .where(and(eq(files.id, file.id), isNull(files.attachedAt)))
    if (!hanging && input.name !== '') await updateSearch(tx, [report.id])
    const byCitizen = input.kind === 'citizen'
    await tx
      .update(reports)
      .set({
        photoCount: sql`${reports.photoCount} + ${hanging ? 0 : 1}`,
        ...((byCitizen || !awaitsReply(report)) && {
          lastActivityAt: ctx.now(),
          lastActivityBy: actedBy(actor, byCitizen),
        }),
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

/** Locked, so that it is not deleted meanwhile as an orphan. */
async function fileToHang(tx: Transaction, { id }: Actor, { reportId, fileId }: AddPhoto): Promise<{ id: string }> {
  const [file] = await tx
    .select({ id: files.id, ownerId: files.ownerId })
    .from(files)
    .where(and(eq(files.id, fileId), eq(files.purpose, 'report_photo')))
    .for('update')
  const isOwn = file && id !== null && file.ownerId === id
  if (!file || !(isOwn || (await hasHungThere(tx, reportId, fileId)))) {
    throw new DomainError('not_found', { subject: 'file' })
  }
  return file
}

/** A photo of this report: attached in another kind, or removed before and attached again now. */
async function hasHungThere(tx: Transaction, reportId: number, fileId: string): Promise<boolean> {
  const here = tx
    .select({ fileId: reportPhotos.fileId })
    .from(reportPhotos)
    .where(and(eq(reportPhotos.reportId, reportId), eq(reportPhotos.fileId, fileId)))
  const removed = tx
    .select({ id: events.id })
    .from(events)
    .where(
      and(
        eq(events.reportId, reportId),
        eq(events.event, 'report.photo_removed'),
        eq(sql`${events.details} ->> 'fileId'`, fileId),
      ),
    )
  const [found] = await tx.execute<{ is: boolean }>(sql`select exists ${here} or exists ${removed} as is`)
  return found?.is === true
}

const placeOf = ({ reportId, fileId, kind }: AddPhoto) =>
  and(eq(reportPhotos.reportId, reportId), eq(reportPhotos.fileId, fileId), eq(reportPhotos.kind, kind))

/** The photo as it is attached already, in this kind. */
async function hangingOf(tx: Transaction, input: AddPhoto) {
  const [photo] = await tx
    .select({ addedById: reportPhotos.addedById, addedAt: reportPhotos.addedAt })
    .from(reportPhotos)
    .where(placeOf(input))
  if (!photo) return null
  if (input.kind !== 'proof') return { ...photo, isSpent: false }
  const answersWithIt = await tx
    .select({ status: reportAnswers.status, createdAt: reportAnswers.createdAt })
    .from(answerPhotos)
    .innerJoin(reportAnswers, eq(reportAnswers.id, answerPhotos.answerId))
    .where(and(eq(reportAnswers.reportId, input.reportId), eq(answerPhotos.fileId, input.fileId)))
  return { ...photo, isSpent: isSpent(photo, answersWithIt) }
}
