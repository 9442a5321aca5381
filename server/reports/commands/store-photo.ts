import { createHash } from 'node:crypto'
import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import { fileTypeFromBuffer } from 'file-type'
import sharp, { type Metadata } from 'sharp'
import type { Connection, Transaction } from '#db/client.ts'
import { files } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { drawInTurn } from '#server/platform/one-at-a-time.ts'
import { uploadLimits } from '#server/platform/rules/limits.ts'
import {
  type FilePurpose,
  isPhotoType,
  type PhotoType,
  photoForms,
  photoKeys,
  photoLimits,
} from '#server/platform/rules/photo.ts'
import { scanForViruses } from '#server/platform/scan.ts'

export type StoredPhoto = { fileId: string; width: number; height: number }

type Content = { sha256: string; mime: PhotoType; bytes: number; width: number; height: number }

// Each photo is processed on one core, so that an upload never starves other requests.
sharp.concurrency(1)
sharp.cache(false)

/**
 * Stores an uploaded photo: its type is detected from its content, it is scanned for viruses, kept unchanged, and
 * re-encoded as the copies that are shown. A copy contains only pixels: place, time, camera and other hidden data
 * remain in the original. The same content is stored once; it has a row for each purpose and each account that uploaded
 * it.
 */
export async function storePhoto(
  ctx: Context,
  purpose: FilePurpose,
  bytes: Uint8Array,
  store: FileStore = fileStore(),
  inTurn = drawInTurn,
): Promise<StoredPhoto> {
  if (bytes.byteLength > photoLimits.bytes) throw new DomainError('file_too_large', { bytes: photoLimits.bytes })
  const type = await fileTypeFromBuffer(bytes)
  // The codec of HEIC is patented: the libraries we use do not decode it, and phones send JPEG where the page asks for
  // it.
  if (type && /^image\/hei[cf]/.test(type.mime)) throw new DomainError('file_heic')
  if (!type || !isPhotoType(type.mime)) throw new DomainError('file_not_an_image')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await assertQuota(ctx.db, ctx, sha256, bytes.byteLength)
  const known = await knownContent(ctx.db, sha256, store)
  if (known) {
    const named = await nameIt(ctx, purpose, known)
    // The content may have been deleted before this row existed; from now on it is not.
    if (await knownContent(ctx.db, sha256, store)) return named
  }

  await scanForViruses(bytes)
  const copies = await inTurn(() => drawAnew(bytes))
  const { width, height } = copies
  const content = { sha256, mime: type.mime, bytes: bytes.byteLength, width, height }
  // The row first: content with a row is not deleted, so what is stored now stays.
  const stored = await nameIt(ctx, purpose, content)
  const keys = photoKeys(sha256, type.mime)
  await store.write(keys.original, bytes)
  await store.write(keys.public, copies.shown)
  await store.write(keys.thumb, copies.thumb)
  return stored
}

/** The stored content with all its forms, otherwise null: after a crash one may be missing. */
async function knownContent(db: Context['db'], sha256: string, store: FileStore): Promise<Content | null> {
  const [row] = await db.select().from(files).where(eq(files.sha256, sha256)).limit(1)
  if (!row) return null
  const mime = row.mime as PhotoType
  const keys = photoKeys(sha256, mime)
  for (const variant of photoForms) {
    const form = await store.read(keys[variant])
    if (!form) return null
    form.stream.destroy()
  }
  return { sha256, mime, bytes: row.bytes, width: row.width, height: row.height }
}

async function nameIt({ db, actor, now }: Context, purpose: FilePurpose, content: Content): Promise<StoredPhoto> {
  const keys = photoKeys(content.sha256, content.mime)
  return db.transaction(async (tx) => {
    await lockContent(tx, content.sha256)
    await assertQuota(tx, { actor, now }, content.sha256, content.bytes)
    const [row] = await tx
      .insert(files)
      .values({
        ...content,
        originalKey: keys.original,
        publicKey: keys.public,
        thumbKey: keys.thumb,
        purpose,
        ownerId: actor.id,
        createdAt: now(),
      })
      .onConflictDoUpdate({ target: [files.sha256, files.purpose, files.ownerId], set: { createdAt: now() } })
      .returning({ fileId: files.id, width: files.width, height: files.height })
    if (!row) throw new Error('no file was written')
    return row
  })
}

const hour = 3_600_000

/** Limits unattached uploads per account. The same content uploaded again counts once. */
async function assertQuota(
  db: Connection,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
  sha256: string,
  bytes: number,
): Promise<void> {
  if (actor.id === null) return
  const { files: most, bytes: mostBytes } = uploadLimits.unattached
  const since = new Date(now().getTime() - uploadLimits.orphanHours * hour)
  const [kept] = await db
    .select({ count: sql<number>`count(*)::int`, bytes: sql<number>`coalesce(sum(${files.bytes}), 0)::float8` })
    .from(files)
    .where(
      and(eq(files.ownerId, actor.id), isNull(files.attachedAt), gt(files.createdAt, since), ne(files.sha256, sha256)),
    )
  if (!kept || (kept.count < most && kept.bytes + bytes <= mostBytes)) return
  throw new DomainError('upload_quota', { files: most, bytes: mostBytes, hours: uploadLimits.orphanHours })
}

/** Serializes uploads and deletion of the same content. */
export async function lockContent(tx: Transaction, sha256: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`file:${sha256}`}))`)
}

/** Decodes once, in full: a file that only begins like a photo fails here. */
async function drawAnew(bytes: Uint8Array) {
  try {
    assertUnpackable(await sharp(bytes, { limitInputPixels: photoLimits.pixels }).metadata())
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
    if (error instanceof DomainError) throw error
    const tooLarge = /pixel limit/i.test((error as Error).message)
    throw new DomainError(tooLarge ? 'photo_too_many_pixels' : 'photo_damaged')
  }
}

/**
 * Images that are decoded line by line take little memory however large they are; others take all of their pixels at
 * once.
 */
function assertUnpackable({ width, height, isProgressive, depth }: Metadata): void {
  const isWhole = isProgressive || depth !== 'uchar'
  if (isWhole && width * height > photoLimits.wholePixels) throw new DomainError('photo_too_many_pixels')
}
