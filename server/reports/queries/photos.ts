import { and, eq } from 'drizzle-orm'
import { files, reportPhotos, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { visibleTo } from './scope.ts'

/** A photo that hangs on a report within the actor's scope. Everything else is not found, the unknown and the foreign alike. */
export async function visiblePhoto({ db, actor }: Pick<Context, 'db' | 'actor'>, fileId: string) {
  const [file] = await db
    .select({
      mime: files.mime,
      original: files.originalKey,
      public: files.publicKey,
      thumb: files.thumbKey,
    })
    .from(files)
    .innerJoin(reportPhotos, eq(reportPhotos.fileId, files.id))
    .innerJoin(reports, eq(reports.id, reportPhotos.reportId))
    .where(and(eq(files.id, fileId), visibleTo(actor)))
    .limit(1)
  if (!file) throw new DomainError('not_found')
  return file
}
