import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { newRow, type RowWrite } from '#db/rows.ts'
import { files, reportPhotos } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { mostPhotos } from '../rules/parts.ts'
import type { Desk, Outcome } from './move-report.ts'

/**
 * Photos that accompany the reporter's words, stored before as uploads, and the data that identifies the event later.
 */
export type WithPhotos = SenderMarks & { photoIds?: readonly string[] }
export type SenderMarks = {
  utteranceId?: string
  /** The idempotency key of the program. */
  utteranceKey?: string
  /** The link was sent after staff had corrected the contact, so its holder may not be the reporter. */
  contactCorrected?: boolean
  /** Staff created the link by hand and passed it on, so its holder may not be the reporter. */
  linkHandedOut?: boolean
}

export const marksOf = ({ utteranceId, utteranceKey, contactCorrected, linkHandedOut }: SenderMarks) => ({
  ...(utteranceId !== undefined && { utteranceId }),
  ...(utteranceKey !== undefined && { utteranceKey }),
  ...(contactCorrected && { contactCorrected }),
  ...(linkHandedOut && { linkHandedOut }),
})

/** Claims uploads for a new report: from now on they are not deleted as uploads that nobody used. */
export async function claimPhotos(tx: Transaction, ctx: Context, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return
  const claimed = await tx
    .update(files)
    .set({ attachedAt: sql`coalesce(${files.attachedAt}, ${ctx.now().toISOString()}::timestamptz)` })
    .where(and(inArray(files.id, [...fileIds]), eq(files.purpose, 'report_photo')))
    .returning({ id: files.id })
  if (claimed.length < fileIds.length) throw new DomainError('not_found', { subject: 'file' })
}

/** The rows that attach them to a new report, as the citizen's. */
export const photosOf = (ctx: Context, reportId: number, fileIds: readonly string[]): RowWrite[] =>
  fileIds.map((fileId, position) =>
    newRow(reportPhotos, { reportId, fileId, kind: 'citizen', addedAt: ctx.now(), position }),
  )

/** Attaches the citizen's uploads to an existing report, as part of another change. */
export async function attachPhotos(
  { tx, ctx, report }: Desk,
  { photoIds = [], ...marks }: WithPhotos,
): Promise<Pick<Outcome, 'set' | 'details'>> {
  if (photoIds.length === 0) return { details: marksOf(marks) }
  if (report.photoCount + photoIds.length > mostPhotos) throw new DomainError('too_many_photos', { most: mostPhotos })
  await claimPhotos(tx, ctx, photoIds)
  const common = { reportId: report.id, kind: 'citizen', addedAt: ctx.now(), agencyId: report.agencyId } as const
  const attached = await tx
    .insert(reportPhotos)
    .values(photoIds.map((fileId, at) => ({ ...common, fileId, position: report.photoCount + at })))
    .onConflictDoNothing()
    .returning({ fileId: reportPhotos.fileId })
  return {
    set: { photoCount: report.photoCount + attached.length },
    details: { photos: photoIds.length, ...marksOf(marks) },
  }
}
