import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { bulletinImages, bulletinPublications, bulletinRevisions, bulletins, files } from '#db/schema/index.ts'

/**
 * An image as everybody may fetch it: of a bulletin that is out. `gone` where one showed it that was taken down, or that shows it no
 * more since it was corrected.
 */
export async function publicImageFile(
  db: Connection,
  fileId: string,
): Promise<{ sha256: string; publicKey: string } | 'gone' | null> {
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

/** Whether a text that went out showed it. Of a file that stands in no text at all the texts are not searched. */
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
    .where(
      and(
        eq(bulletinPublications.isExercise, false),
        sql`jsonb_path_exists(${bulletinRevisions.content}, 'strict $.**.fileId ? (@ == $id)', jsonb_build_object('id', ${fileId}::text))`,
      ),
    )
    .limit(1)
  return found !== undefined
}
