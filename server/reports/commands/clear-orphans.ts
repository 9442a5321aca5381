import { and, asc, eq, gt, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { files } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { uploadLimits } from '#server/platform/rules/limits.ts'
import { keysOf, type PhotoType } from '#server/platform/rules/photo.ts'
import { lockContent } from './store-photo.ts'

const hour = 3_600_000
const batch = 100

/**
 * Deletes uploads that were not attached within a day, unless a draft names them. Stored files are deleted where no
 * other row has the same content, and before their row: so whatever a crash leaves behind is found again. Returns how
 * many uploads it deleted.
 */
export async function clearOrphans(ctx: Context, store: FileStore = fileStore()): Promise<number> {
  let cleared = 0
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const found = await ctx.db
      .select({ id: files.id, sha256: files.sha256 })
      .from(files)
      .where(and(isOrphan(ctx), gt(files.id, after)))
      .orderBy(asc(files.id))
      .limit(batch)
    for (const file of found) cleared += (await clear(ctx, store, file, isOrphan(ctx))) ? 1 : 0
    const last = found.at(-1)
    if (!last || found.length < batch) return cleared
    after = last.id
  }
}

/** Deletes an upload of a program whose report was refused, unless another report has it. */
export async function discardUpload(ctx: Pick<Context, 'db'>, store: FileStore, fileId: string): Promise<void> {
  const [file] = await ctx.db.select({ id: files.id, sha256: files.sha256 }).from(files).where(eq(files.id, fileId))
  if (file) await clear(ctx, store, file, isNull(files.attachedAt))
}

function isOrphan({ now }: Pick<Context, 'now'>) {
  const before = new Date(now().getTime() - uploadLimits.orphanHours * hour)
  const isInDraft = sql`exists (
    select from report_drafts d where jsonb_path_exists(d.value, '$.*[*] ? (@ == $id)', jsonb_build_object('id', ${files.id})))`
  return and(isNull(files.attachedAt), lt(files.createdAt, before), sql`not ${isInDraft}`)
}

/** It may have been attached, or uploaded again, since it was found. */
async function clear(
  ctx: Pick<Context, 'db'>,
  store: FileStore,
  { id, sha256 }: { id: string; sha256: string },
  isUnused: SQL | undefined,
): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    await lockContent(tx, sha256)
    const [file] = await tx
      .delete(files)
      .where(and(eq(files.id, id), isUnused))
      .returning({ mime: files.mime })
    if (!file) return false
    const others = await tx.$count(files, eq(files.sha256, sha256))
    // The row is deleted when the transaction commits, so after the stored files.
    if (others === 0) for (const key of keysOf(sha256, file.mime as PhotoType)) await store.remove(key)
    return true
  })
}
