import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { oneAtATime } from '#server/platform/one-at-a-time.ts'
import { shareImageLimits } from '#server/platform/rules/limits.ts'
import { drawPicture } from './draw-picture.ts'
import type { PictureWords } from './picture-words.ts'

/** Another one whenever pictures of the same words are drawn otherwise. */
const design = 1

/** The name of a picture, for caches: it says the same as long as the words do. */
export const pictureTag = (words: PictureWords): string =>
  createHash('sha256')
    .update(JSON.stringify([design, words]))
    .digest('base64url')
    .slice(0, 22)

/** Everybody may ask for them: they have a line of their own, so that nobody keeps staff from handing in photos. */
const drawInTurn = oneAtATime(shareImageLimits)

/** Drawn once for all who ask at the same time, and kept until others are asked for more. */
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
