import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import type { FileStore } from '#server/platform/files.ts'
import type { ImageWidth } from './rules/images.ts'

type Stored = { sha256: string; publicKey: string }

/** The key of an image in one width, drawn from its public copy when it is first asked for. Null where that is gone. */
export async function sizedImage(
  store: FileStore,
  { sha256, publicKey }: Stored,
  width: ImageWidth,
): Promise<string | null> {
  const key = `sized/${width}/${sha256.slice(0, 2)}/${sha256}.jpg`
  const known = await store.read(key)
  if (known) {
    known.stream.destroy()
    return key
  }
  const original = await store.read(publicKey)
  if (!original) return null
  const drawn = await sharp(await buffer(original.stream))
    .resize(width, undefined, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 80, mozjpeg: true, progressive: true })
    .toBuffer()
  await store.write(key, drawn)
  return key
}
