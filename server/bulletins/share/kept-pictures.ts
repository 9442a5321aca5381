import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { oneAtATime } from '#server/platform/one-at-a-time.ts'
import { shareImageLimits } from '#server/platform/rules/limits.ts'
import { drawPicture } from './draw-picture.ts'
import type { PictureWords } from './picture-words.ts'

/** Changed whenever pictures of the same words are drawn differently. */
const design = 1

/** The entity tag of a picture, for caches: it stays the same as long as the words do. */
export const pictureTag = (words: PictureWords): string =>
  createHash('sha256')
    .update(JSON.stringify([design, words]))
    .digest('base64url')
    .slice(0, 22)

/** They are public: they have a separate queue, so that readers do not delay the photos that staff upload. */
const drawInTurn = oneAtATime(shareImageLimits)

/** Drawn once for all who request it at the same time, and cached until evicted by others. */
const pictures = new LRUCache<string, Buffer, PictureWords>({
  maxSize: shareImageLimits.keptBytes,
  sizeCalculation: ({ byteLength }) => byteLength,
  fetchMethod: (_tag, _stale, { context }) => drawInTurn(() => drawPicture(context)),
})

export async function keptPicture(words: PictureWords): Promise<Buffer> {
  const picture = await pictures.fetch(pictureTag(words), { context: words })
  if (!picture) throw new Error('a picture was not drawn')
  return picture
}
