import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { newRow, type RowWrite } from '#db/rows.ts'
import { files, reportPhotos } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'

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
