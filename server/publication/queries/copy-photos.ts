import { and, asc, eq, ne, or, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { files, publicationCopies, publicationPhotos, reportPhotos } from '#db/schema/index.ts'
import type { PhotoKind } from '#server/reports/rules/parts.ts'
import type { Box } from '../rules/boxes.ts'

/** A photo of a report for its reviewer; `isShown` is null before a decision. */
export type CopyPhoto = {
  fileId: string
  kind: PhotoKind
  width: number
  height: number
  isShown: boolean | null
  boxes: Box[]
}
export type DecidedPhoto = CopyPhoto & { shownKey: string; copyFileId: string | null }

/** Proof is for the public once its answer was sent; until then it belongs to the work of the agency. */
const isSentProof = sql`exists (
  select from answer_photos proof join report_answers answer on answer.id = proof.answer_id and answer.status = 'sent'
  where proof.file_id = ${reportPhotos.fileId} and answer.report_id = ${reportPhotos.reportId})`

/** Whether proof that was sent to the citizen after the review of the copy is still there, and so waits for one. */
export const hasNewProof = sql<boolean>`(${publicationCopies.hasNewProof} and exists (
  select from report_answers answer join answer_photos proof on proof.answer_id = answer.id
    join report_photos hung on hung.report_id = answer.report_id and hung.file_id = proof.file_id
  where answer.report_id = ${publicationCopies.reportId} and answer.status = 'sent'
    and not exists (select from publication_photos decided
      where decided.report_id = answer.report_id and decided.file_id = proof.file_id)))`

/** The photos of a report that may be published: those of the report, and proof of the answers that were sent. */
export async function photosOfCopy(db: Connection, reportId: number): Promise<DecidedPhoto[]> {
  const rows = await db
    .selectDistinctOn([reportPhotos.position, reportPhotos.addedAt, reportPhotos.fileId], {
      fileId: reportPhotos.fileId,
      kind: sql<PhotoKind>`${reportPhotos.kind}`,
      width: files.width,
      height: files.height,
      shownKey: files.publicKey,
      isShown: publicationPhotos.isShown,
      boxes: sql<Box[]>`coalesce(${publicationPhotos.boxes}, '[]')`,
      copyFileId: publicationPhotos.copyFileId,
    })
    .from(reportPhotos)
    .innerJoin(files, eq(files.id, reportPhotos.fileId))
    .leftJoin(
      publicationPhotos,
      and(eq(publicationPhotos.reportId, reportPhotos.reportId), eq(publicationPhotos.fileId, reportPhotos.fileId)),
    )
    .where(and(eq(reportPhotos.reportId, reportId), or(ne(reportPhotos.kind, 'proof'), isSentProof)))
    .orderBy(asc(reportPhotos.position), asc(reportPhotos.addedAt), asc(reportPhotos.fileId))
  // A file may be attached twice, by the citizen and by staff.
  return rows.filter(({ fileId }, at) => rows.findIndex((row) => row.fileId === fileId) === at)
}
