import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { files } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { isPhotoType, photoKeys, photoLimits } from '#server/platform/rules/photo.ts'
import { scanForViruses } from '#server/platform/scan.ts'

export type StoredPhoto = { fileId: string; width: number; height: number }

// Photos are worked on one core each, so that an upload never starves the requests beside it.
sharp.concurrency(1)
sharp.cache(false)

/**
 * Takes in an uploaded photo: told by its content, scanned, kept as it came, and drawn anew as the copies that are shown.
 * A copy is made of pixels alone: place, time, camera and whatever else hid in the file stay behind in the original.
 * The same content handed in twice is kept once.
 */
export async function storePhoto(
  { db, now }: Pick<Context, 'db' | 'now'>,
  bytes: Uint8Array,
  store: FileStore = fileStore(),
): Promise<StoredPhoto> {
  if (bytes.byteLength > photoLimits.bytes) throw new DomainError('file_too_large', { bytes: photoLimits.bytes })
  const type = await fileTypeFromBuffer(bytes)
  // Its pixels are under patents: the programs we build on do not unpack them, and phones send JPEG where they are asked.
  if (type && /^image\/hei[cf]/.test(type.mime)) throw new DomainError('file_heic')
  if (!type || !isPhotoType(type.mime)) throw new DomainError('file_not_an_image')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const known = await photoBySha(db, sha256)
  if (known) return known

  await scanForViruses(bytes)
  const copies = await drawAnew(bytes)
  const keys = photoKeys(sha256, type.mime)
  await store.write(keys.original, bytes)
  await store.write(keys.public, copies.shown)
  await store.write(keys.thumb, copies.thumb)
  await db
    .insert(files)
    .values({
      sha256,
      mime: type.mime,
      bytes: bytes.byteLength,
      width: copies.width,
      height: copies.height,
      originalKey: keys.original,
      publicKey: keys.public,
      thumbKey: keys.thumb,
      createdAt: now(),
    })
    .onConflictDoNothing({ target: files.sha256 })
  return (await photoBySha(db, sha256)) as StoredPhoto
}

async function photoBySha(db: Context['db'], sha256: string): Promise<StoredPhoto | undefined> {
  const [row] = await db
    .select({ fileId: files.id, width: files.width, height: files.height })
    .from(files)
    .where(eq(files.sha256, sha256))
  return row
}

/** Decodes once, in full: a file that only begins like a photo fails here. */
async function drawAnew(bytes: Uint8Array) {
  try {
    const upright = sharp(bytes, { limitInputPixels: photoLimits.pixels, failOn: 'error', sequentialRead: true })
      .rotate()
      .resize(photoLimits.publicEdge, photoLimits.publicEdge, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
    const shown = await upright.jpeg({ quality: 82, mozjpeg: true }).toBuffer({ resolveWithObject: true })
    const thumb = await sharp(shown.data)
      .resize(photoLimits.thumbEdge, photoLimits.thumbEdge, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 76, mozjpeg: true })
      .toBuffer()
    return { shown: shown.data, thumb, width: shown.info.width, height: shown.info.height }
  } catch (error) {
    const tooLarge = /pixel limit/i.test((error as Error).message)
    throw new DomainError(tooLarge ? 'photo_too_many_pixels' : 'photo_damaged')
  }
}
