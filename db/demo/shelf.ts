import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type * as schema from '#db/schema/index.ts'
import { photoKeys } from '#server/platform/rules/photo.ts'
import { type DemoPhoto, drawPhotos } from './photos.ts'
import { Random } from './random.ts'
import { uuidAt } from './uuid.ts'
import type { PhotoShelf } from './world.ts'

export type StorePhoto = (key: string, bytes: Uint8Array) => Promise<void>

const opened = new Date('2024-06-01T08:00:00+07:00')

/** Draws the city's photos, puts them into the file store, and hands them out by what they show. */
export async function fillShelf(
  seed: string,
  store: StorePhoto,
): Promise<{ shelf: PhotoShelf; rows: (typeof schema.files.$inferInsert)[] }> {
  const rows: (typeof schema.files.$inferInsert)[] = []
  const kept: { photo: DemoPhoto; id: string }[] = []
  const random = new Random(`${seed}/photos`)
  for (const photo of await drawPhotos()) {
    const sha256 = createHash('sha256').update(photo.jpeg).digest('hex')
    const keys = photoKeys(sha256, 'image/jpeg')
    await store(keys.original, photo.jpeg)
    await store(keys.public, photo.jpeg)
    await store(
      keys.thumb,
      await sharp(photo.jpeg).resize(320, 320, { fit: 'inside' }).jpeg({ quality: 76 }).toBuffer(),
    )
    const id = uuidAt(random.fork(sha256), opened)
    rows.push({
      id,
      sha256,
      mime: 'image/jpeg',
      bytes: photo.jpeg.byteLength,
      width: photo.width,
      height: photo.height,
      originalKey: keys.original,
      publicKey: keys.public,
      thumbKey: keys.thumb,
      createdAt: opened,
    })
    kept.push({ photo, id })
  }
  return { rows, shelf: { pick: (own, motif, code, stage) => pickPhoto(kept, own, { motif, code, stage }) } }
}

type Ask = { motif: string | null; code: string; stage: 'before' | 'after' }

/** The photo of the scene itself, else one of its category, else none: better no photo than one of something else. */
function pickPhoto(
  kept: readonly { photo: DemoPhoto; id: string }[],
  random: Random,
  { motif, code, stage }: Ask,
): string | null {
  const staged = kept.filter(({ photo }) => photo.stage === stage)
  const ofMotif = staged.filter(
    ({ photo }) => photo.name === motif || (motif !== null && photo.name.startsWith(`${motif}-`)),
  )
  const ofCategory = staged.filter(
    ({ photo }) => photo.families.includes(code) || photo.families.includes(code.slice(0, 2)),
  )
  const fitting = ofMotif.length > 0 ? ofMotif : ofCategory
  return fitting.length === 0 ? null : random.pick(fitting).id
}
