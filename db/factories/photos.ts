import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { files, reportPhotos, reports } from '#db/schema/index.ts'

type WantedFile = Partial<Pick<typeof files.$inferInsert, 'purpose' | 'ownerId' | 'attachedAt' | 'createdAt'>>

/** A photo that exists only as a row, without stored files. */
export async function buildFile(db: Connection, wanted: WantedFile = {}): Promise<string> {
  const sha256 = randomUUID()
  const keys = { originalKey: `o/${sha256}`, publicKey: `p/${sha256}`, thumbKey: `t/${sha256}` }
  const [file] = await db
    .insert(files)
    .values({
      sha256,
      mime: 'image/jpeg',
      bytes: 1000,
      width: 40,
      height: 30,
      purpose: 'report_photo',
      ...keys,
      ...wanted,
    })
    .returning({ id: files.id })
  return (file as { id: string }).id
}

/** Attaches a new photo to a report; returns the id of its file. */
export async function buildPhoto(
  db: Connection,
  reportId: number,
  wanted: Pick<typeof reportPhotos.$inferInsert, 'kind'> & Partial<typeof reportPhotos.$inferInsert>,
): Promise<string> {
  const addedAt = wanted.addedAt ?? new Date()
  const fileId = await buildFile(db, { ownerId: wanted.addedById ?? null, attachedAt: addedAt })
  await db.insert(reportPhotos).values({ ...wanted, addedAt, reportId, fileId })
  await db
    .update(reports)
    .set({ photoCount: sql`${reports.photoCount} + 1` })
    .where(eq(reports.id, reportId))
  return fileId
}
