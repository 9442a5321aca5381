import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { publicationCopies, publicationPhotos } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { bestCapacity } from '#server/accounts/rules/substitution.ts'
import { recordEvent } from '#server/events/commands.ts'
import type { EventDetails } from '#server/events/rules/detail-fields.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { lockReport, type ReportRow } from '#server/reports/queries/lock.ts'
import { basisOf, copyOfReport, copyRow } from '../queries/copies.ts'
import { photosOfCopy } from '../queries/copy-photos.ts'
import { isSameBoxes } from '../rules/boxes.ts'
import { countsByKind, isCleared, personalDataShown } from '../rules/clearance.ts'
import { type CopyAct, refusalReasonForCopy } from '../rules/copy.ts'
import type { publishCopyInput, saveCopyInput, withdrawCopyInput } from '../rules/schemas.ts'
import { drawCopy } from './draw-copy.ts'

type Reviewed = { reportId: number; version: number }
type Columns = Partial<typeof publicationCopies.$inferInsert> & { state: 'draft' | 'published' | 'withdrawn' }
type Outcome = {
  set: Columns
  photos?: PhotoRow[]
  details?: Pick<EventDetails, 'reason' | 'showsPoint' | 'cleared' | 'photosShown' | 'boxes'>
}
type PhotoRow = Omit<typeof publicationPhotos.$inferInsert, 'reportId'>
type Desk = { tx: Transaction; report: ReportRow; basis: string; actor: Actor; now: Date }

const events = {
  save: 'report.copy_saved',
  publish: 'report.copy_published',
  withdraw: 'report.copy_withdrawn',
} as const satisfies Record<CopyAct, EventName>

/** Keeps the mended texts as a draft; what was public before is no longer. */
export async function saveCopy(
  ctx: Context,
  input: z.output<typeof saveCopyInput>,
  store: FileStore = fileStore(),
): Promise<Reviewed> {
  const photos = await drawPhotos(ctx, 'save', input, store)
  return changeCopy(ctx, 'save', input, (desk) => ({
    set: { ...textsOf(desk, input), state: 'draft', publishedAt: null },
    photos,
  }))
}

/** From now on the public reads these texts. The log says how much was cleared, not what: it cannot be erased. */
export async function publishCopy(
  ctx: Context,
  input: z.output<typeof publishCopyInput>,
  store: FileStore = fileStore(),
): Promise<Reviewed> {
  const photos = await drawPhotos(ctx, 'publish', input, store)
  const shownPhotos = photos.filter(({ isShown }) => isShown)
  return changeCopy(ctx, 'publish', input, (desk) => {
    const texts = textsOf(desk, input)
    const shown = personalDataShown(input, texts.lon === null ? null : desk.report)
    if (!isCleared(shown, input.cleared)) throw new DomainError('copy_shows_personal_data', { shown })
    const ofPhotos = photos.length > 0 && {
      photosShown: shownPhotos.length,
      boxes: shownPhotos.reduce((sum, { boxes = [] }) => sum + boxes.length, 0),
    }
    return {
      set: { ...texts, state: 'published', publishedAt: desk.now },
      photos,
      details: {
        showsPoint: texts.lon !== null,
        ...(shown.length > 0 && { cleared: countsByKind(shown) }),
        ...ofPhotos,
      },
    }
  })
}

/** Takes the copy from the public, or keeps it from ever becoming public. */
export async function withdrawCopy(ctx: Context, input: z.output<typeof withdrawCopyInput>): Promise<Reviewed> {
  const { reason } = input
  return changeCopy(ctx, 'withdraw', input, ({ actor, now }) => ({
    set: { ...reviewOf(actor, now), state: 'withdrawn', publishedAt: null },
    details: { reason },
  }))
}

/**
 * Draws the public copies of the photos to be shown. It takes time, so it runs before the transaction takes locks.
 * Photos with an unchanged decision keep their copy.
 */
async function drawPhotos(
  ctx: Context,
  act: 'save' | 'publish',
  { reportId, basis, photos }: z.output<typeof saveCopyInput>,
  store: FileStore,
): Promise<PhotoRow[]> {
  if (photos.length === 0) return []
  const view = await copyOfReport(ctx, reportId)
  const refusal = view.refusals[act]
  if (refusal) throw new DomainError(refusal as 'forbidden')
  if (view.basis !== basis) throw new DomainError('copy_basis_changed')
  const known = new Map((await photosOfCopy(ctx.db, reportId)).map((photo) => [photo.fileId, photo]))
  const rows = new Map<string, PhotoRow>()
  for (const { fileId, isShown, boxes } of photos) {
    const photo = known.get(fileId)
    if (!photo) throw new DomainError('not_found', { subject: 'photo' })
    const isDrawn = isShown && photo.copyFileId !== null && isSameBoxes(photo.boxes, boxes)
    const drawn = isDrawn ? photo.copyFileId : null
    const copyFileId = isShown ? (drawn ?? (await drawCopy(ctx, store, { ...photo, boxes }))) : null
    rows.set(fileId, { fileId, isShown, boxes: isShown ? boxes : [], copyFileId })
  }
  return [...rows.values()]
}

/** The lock on the report also holds off changes of its texts: they send a copy back that was reviewed before them. */
async function changeCopy(
  ctx: Context,
  act: CopyAct,
  { reportId, version }: Reviewed,
  work: (desk: Desk) => Outcome,
): Promise<Reviewed> {
  return ctx.db.transaction(async (tx) => {
    const report = await lockReport(tx, ctx, reportId)
    const copy = await copyRow(tx, reportId)
    const state = copy?.state ?? 'draft'
    const { capacity, refusalReason } = bestCapacity(ctx.actor, (each) =>
      refusalReasonForCopy(each, act, report, { state }),
    )
    if (refusalReason === 'forbidden') throw new DomainError('forbidden')
    if ((copy?.version ?? 0) !== version) throw new DomainError('conflict', { version: copy?.version ?? 0 })
    if (refusalReason) throw new DomainError(refusalReason)
    const basis = basisOf(report, await photosOfCopy(tx, reportId))
    const { set, photos, details } = work({ tx, report, basis, actor: capacity, now: ctx.now() })
    const next = version + 1
    const row = {
      reportId,
      receivedAt: report.receivedAt,
      version: next,
      cause: null,
      hasNewProof: false,
      leavesAt: null,
      ...set,
    }
    if (copy) await tx.update(publicationCopies).set(row).where(eq(publicationCopies.reportId, reportId))
    else await tx.insert(publicationCopies).values(row)
    if (photos) await replacePhotos(tx, reportId, photos)
    await recordEvent(
      tx,
      { ...ctx, actor: capacity },
      {
        event: events[act],
        subject: { kind: 'report', id: reportId },
        agencyId: report.agencyId,
        from: report.state,
        to: report.state,
        ...(details && { details }),
      },
    )
    return { reportId, version: next }
  })
}

async function replacePhotos(tx: Transaction, reportId: number, photos: readonly PhotoRow[]): Promise<void> {
  await tx.delete(publicationPhotos).where(eq(publicationPhotos.reportId, reportId))
  if (photos.length > 0) await tx.insert(publicationPhotos).values(photos.map((photo) => ({ ...photo, reportId })))
}

/** The texts as they were mended, if the reviewer saw the report as it is now. */
function textsOf({ report, basis, actor, now }: Desk, input: z.output<typeof saveCopyInput>) {
  if (input.basis !== basis) throw new DomainError('copy_basis_changed')
  const { title, body, address, showsPoint } = input
  const point = showsPoint ? { lon: report.lon, lat: report.lat } : { lon: null, lat: null }
  return { title, body, address, ...point, ...reviewOf(actor, now) }
}

const reviewOf = (actor: Actor, now: Date) => ({
  reviewerId: actor.id,
  reviewerFor: actor.onBehalfOf ?? null,
  reviewedAt: now,
})
