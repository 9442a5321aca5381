import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import type { FileStore } from '#server/platform/files.ts'
import { oneAtATime } from '#server/platform/one-at-a-time.ts'
import { sizedImageLimits } from '#server/platform/rules/limits.ts'
import { type ImageWidth, sizedKey } from '#server/platform/rules/photo.ts'

type Stored = { sha256: string; publicKey: string }

/** Public images have a separate queue, so that readers and staff who upload photos do not delay each other. */
const drawInTurn = oneAtATime(sizedImageLimits)
/** What is being drawn, by its key: a newly published page is opened by hundreds at once. */
const underWay = new Map<string, Promise<string | null>>()

/** The key of an image in one width, drawn from its public copy on the first request. Null where that is gone. */
export async function sizedImage(
  store: FileStore,
  { sha256, publicKey }: Stored,
  width: ImageWidth,
): Promise<string | null> {
  const key = sizedKey(sha256, width)
  if (await isKept(store, key)) return key
  const drawing =
    underWay.get(key) ?? drawInTurn(() => drawn(store, publicKey, width, key)).finally(() => underWay.delete(key))
  underWay.set(key, drawing)
  return drawing
}

async function drawn(store: FileStore, publicKey: string, width: ImageWidth, key: string): Promise<string | null> {
  // It may have been drawn while this request waited in the queue.
  if (await isKept(store, key)) return key
  const original = await store.read(publicKey)
  if (!original) return null
  const image = await sharp(await buffer(original.stream))
    .resize(width, undefined, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 80, mozjpeg: true, progressive: true })
    .toBuffer()
  await store.write(key, image)
  return key
}

async function isKept(store: FileStore, key: string): Promise<boolean> {
  const known = await store.read(key)
  known?.stream.destroy()
  return known !== null
}
