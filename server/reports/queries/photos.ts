import { and, eq, exists, isNull, or } from 'drizzle-orm'
import { files, reportPhotos, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { visibleTo } from './scope.ts'

/**
 * A photo that hangs on a report within the actor's scope, or one that he has just handed in. Everything else is not found, the
 * unknown, the foreign and what was handed in for something else alike.
 */
export async function visiblePhoto({ db, actor }: Pick<Context, 'db' | 'actor'>, fileId: string) {
  const onVisibleReport = db
    .select({ fileId: reportPhotos.fileId })
    .from(reportPhotos)
    .innerJoin(reports, eq(reports.id, reportPhotos.reportId))
    .where(and(eq(reportPhotos.fileId, files.id), visibleTo(actor)))
  const isOwnUpload = actor.id === null ? undefined : and(isNull(files.attachedAt), eq(files.ownerId, actor.id))
  const [file] = await db
    .select({
      public: files.publicKey,
      thumb: files.thumbKey,
    })
    .from(files)
    .where(and(eq(files.id, fileId), eq(files.purpose, 'report_photo'), or(exists(onVisibleReport), isOwnUpload)))
  if (!file) throw new DomainError('not_found')
  return file
}
