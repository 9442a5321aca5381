import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import type { FileStore } from '#server/platform/files.ts'
import { drawInTurn } from '#server/platform/one-at-a-time.ts'
import { type ImageWidth, sizedKey } from '#server/platform/rules/photo.ts'

type Stored = { sha256: string; publicKey: string }

/** The key of an image in one width, drawn from its public copy when it is first asked for. Null where that is gone. */
export async function sizedImage(
  store: FileStore,
  { sha256, publicKey }: Stored,
  width: ImageWidth,
): Promise<string | null> {
  const key = sizedKey(sha256, width)
  if (await isKept(store, key)) return key
  return drawInTurn(async () => {
    // Somebody who asked at the same moment may have had it drawn.
    if (await isKept(store, key)) return key
    const original = await store.read(publicKey)
    if (!original) return null
    const drawn = await sharp(await buffer(original.stream))
      .resize(width, undefined, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 80, mozjpeg: true, progressive: true })
      .toBuffer()
    await store.write(key, drawn)
    return key
  })
}

async function isKept(store: FileStore, key: string): Promise<boolean> {
  const known = await store.read(key)
  known?.stream.destroy()
  return known !== null
}
