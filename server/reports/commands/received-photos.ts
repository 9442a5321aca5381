import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { newRow, type RowWrite } from '#db/rows.ts'
import { files, reportPhotos } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { mostPhotos } from '../rules/parts.ts'
import type { Desk, Outcome } from './move-report.ts'

/** What comes with the words of the sender: photos, stored as uploads before, and what its event is found by again. */
export type WithPhotos = SenderMarks & { photoIds?: readonly string[] }
export type SenderMarks = {
  utteranceId?: string
  /** The key that the program gave it. */
  utteranceKey?: string
  /** It came by a link that was sent after staff had corrected the contact: it may not be the sender's own word. */
  contactCorrected?: boolean
}

export const marksOf = ({ utteranceId, utteranceKey, contactCorrected }: SenderMarks) => ({
  ...(utteranceId !== undefined && { utteranceId }),
  ...(utteranceKey !== undefined && { utteranceKey }),
  ...(contactCorrected && { contactCorrected }),
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

/** Attaches the citizen's uploads to a report that is known, as part of the change that brings them. */
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
