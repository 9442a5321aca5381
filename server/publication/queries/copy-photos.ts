import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { files, publicationPhotos, reportPhotos } from '#db/schema/index.ts'
import type { Box } from '../rules/boxes.ts'

/** A photo of a report for its reviewer; `isShown` is null before a decision. */
export type CopyPhoto = {
  fileId: string
  kind: 'citizen' | 'staff'
  width: number
  height: number
  isShown: boolean | null
  boxes: Box[]
}
export type DecidedPhoto = CopyPhoto & { shownKey: string; copyFileId: string | null }

/** The photos of a report that may be published. Proof is excluded, because answers are not published. */
export async function photosOfCopy(db: Connection, reportId: number): Promise<DecidedPhoto[]> {
  const rows = await db
    .selectDistinctOn([reportPhotos.position, reportPhotos.addedAt, reportPhotos.fileId], {
      fileId: reportPhotos.fileId,
      kind: sql<'citizen' | 'staff'>`${reportPhotos.kind}`,
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
    .where(and(eq(reportPhotos.reportId, reportId), ne(reportPhotos.kind, 'proof')))
    .orderBy(asc(reportPhotos.position), asc(reportPhotos.addedAt), asc(reportPhotos.fileId))
  // A file may be attached twice, by the citizen and by staff.
  return rows.filter(({ fileId }, at) => rows.findIndex((row) => row.fileId === fileId) === at)
}
