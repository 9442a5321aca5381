import type { Context } from '#server/accounts/context.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { drawForPrograms } from '#server/platform/one-at-a-time.ts'
import { discardUpload } from './clear-orphans.ts'
import { storePhoto } from './store-photo.ts'

/**
 * Runs a command with photos that came from outside. They are stored before it, because drawing their copies takes a
 * second, and deleted where the command is refused or has been done before.
 */
export async function withStoredPhotos<Result extends { repeated: boolean }>(
  ctx: Context,
  photos: readonly Uint8Array[],
  command: (photoIds: string[]) => Promise<Result>,
  store: FileStore = fileStore(),
): Promise<Result> {
  // Uploads belong to accounts, and neither citizens nor programs have one.
  const acting = { ...ctx, actor: { ...ctx.actor, id: null } }
  const photoIds = new Set<string>()
  let done: Result | null = null
  try {
    for (const photo of photos) {
      photoIds.add((await storePhoto(acting, 'report_photo', photo, store, drawForPrograms)).fileId)
    }
    done = await command([...photoIds])
    return done
  } finally {
    if (!done || done.repeated) for (const fileId of photoIds) await discardUpload(ctx, store, fileId)
  }
}
