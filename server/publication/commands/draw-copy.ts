import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { sql } from 'drizzle-orm'
import sharp from 'sharp'
import { files } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { FileStore } from '#server/platform/files.ts'
import { drawInTurn } from '#server/platform/one-at-a-time.ts'
import { photoKeys, photoLimits } from '#server/platform/rules/photo.ts'
import { lockContent } from '#server/reports/commands/store-photo.ts'
import { type Box, pixelsOf } from '../rules/boxes.ts'

const fill = { r: 23, g: 23, b: 23 }

/**
 * Draws the public copy of a photo, stores it as a separate file and returns its id. The source is the upright copy
 * without metadata that the reviewer saw. All pixels under a box are painted over before encoding.
 */
export async function drawCopy(
  { db, now }: Pick<Context, 'db' | 'now'>,
  store: FileStore,
  { shownKey, boxes }: { shownKey: string; boxes: readonly Box[] },
): Promise<string> {
  const source = await store.read(shownKey)
  if (!source) throw new DomainError('photo_damaged')
  const bytes = await buffer(source.stream)
  const { shown, thumb, width, height } = await drawInTurn(() => painted(bytes, boxes))
  const sha256 = createHash('sha256').update(shown).digest('hex')
  const keys = photoKeys(sha256, 'image/jpeg')
  // The row is written first, as for an upload, because content without a row may be deleted.
  const row = {
    ...{ sha256, mime: 'image/jpeg', bytes: shown.byteLength, width, height },
    ...{ originalKey: keys.public, publicKey: keys.public, thumbKey: keys.thumb },
    purpose: 'public_copy' as const,
    createdAt: now(),
  }
  const [file] = await db.transaction(async (tx) => {
    await lockContent(tx, sha256)
    return tx
      .insert(files)
      .values(row)
      .onConflictDoUpdate({
        target: [files.sha256, files.purpose, files.ownerId],
        set: { createdAt: sql`excluded.created_at` },
      })
      .returning({ id: files.id })
  })
  if (!file) throw new Error('no file was written')
  await store.write(keys.public, shown)
  await store.write(keys.thumb, thumb)
  return file.id
}

async function painted(bytes: Uint8Array, boxes: readonly Box[]) {
  const image = sharp(bytes, { limitInputPixels: photoLimits.pixels, failOn: 'error' })
  const { data, info } = await image
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const hidden = boxes.map((box) => {
    const { left, top, ...size } = pixelsOf(box, { width, height })
    return { input: { create: { ...size, channels: 3 as const, background: fill } }, left, top }
  })
  const shown = await sharp(data, { raw: { width, height, channels } })
    .composite(hidden)
    .jpeg({ quality: 82, mozjpeg: true })
    .toBuffer()
  const thumb = await sharp(shown)
    .resize(photoLimits.thumbEdge, photoLimits.thumbEdge, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 76, mozjpeg: true })
    .toBuffer()
  return { shown, thumb, width, height }
}
