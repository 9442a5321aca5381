import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { bulletinImages, bulletinPublications, bulletinRevisions, bulletins, files } from '#db/schema/index.ts'

export type ShownImage = { sha256: string; publicKey: string }

const shows = (fileId: string): SQL =>
  sql`jsonb_path_exists(${bulletinRevisions.content}, 'strict $.**.fileId ? (@ == $id)', jsonb_build_object('id', ${fileId}::text))`

/** An image of the text that a preview shows at this moment, and no other. */
export async function previewImageFile(db: Connection, bulletinId: string, fileId: string): Promise<ShownImage | null> {
  const [file] = await db
    .select({ sha256: files.sha256, publicKey: files.publicKey })
    .from(bulletins)
    .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletins.currentRevisionId))
    .innerJoin(files, and(eq(files.id, fileId), eq(files.purpose, 'bulletin_image')))
    .where(and(eq(bulletins.id, bulletinId), shows(fileId)))
  return file ?? null
}

/**
 * An image of a published bulletin. `gone` if the bulletin that showed it was taken down, or no longer shows it since a
 * correction.
 */
export async function publicImageFile(db: Connection, fileId: string): Promise<ShownImage | 'gone' | null> {
  const shown = await db
    .select({
      sha256: files.sha256,
      publicKey: files.publicKey,
      isGone: sql<boolean>`${bulletins.state} = 'unpublished'`,
    })
    .from(bulletinImages)
    .innerJoin(files, eq(files.id, bulletinImages.fileId))
    .innerJoin(bulletins, eq(bulletins.id, bulletinImages.bulletinId))
    .where(and(eq(bulletinImages.fileId, fileId), eq(files.purpose, 'bulletin_image')))
  const [out] = shown.filter((each) => !each.isGone)
  if (out) return out
  return shown.length > 0 || (await wasShown(db, fileId)) ? 'gone' : null
}

/** Whether a published text showed it. For a file that is in no text at all the texts are not searched. */
async function wasShown(db: Connection, fileId: string): Promise<boolean> {
  const [file] = await db
    .select({ id: files.id })
    .from(files)
    .where(and(eq(files.id, fileId), eq(files.purpose, 'bulletin_image'), isNotNull(files.attachedAt)))
  if (!file) return false
  const [found] = await db
    .select({ id: bulletinRevisions.id })
    .from(bulletinPublications)
    .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletinPublications.revisionId))
    .where(and(eq(bulletinPublications.isExercise, false), shows(fileId)))
    .limit(1)
  return found !== undefined
}
