import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type * as schema from '#db/schema/index.ts'
import { photoKeys } from '#server/platform/rules/photo.ts'
import { type DemoPhoto, drawPhotos } from './photos.ts'
import { Random } from './random.ts'
import { uuidAt } from './uuid.ts'

export type StorePhoto = (key: string, bytes: Uint8Array) => Promise<void>

/** A photo of the city: what it shows and the id of its file. */
export type ShelvedPhoto = Pick<DemoPhoto, 'name' | 'families' | 'stage'> & { id: string }

type Stage = DemoPhoto['stage']

export type PhotoShelf = {
  /** The photo of the scene itself, else one of its category, else none: no photo is better than a wrong one. */
  pick(random: Random, motif: string | null, categoryCode: string, stage: Stage): string | null
}

const opened = new Date('2024-06-01T08:00:00+07:00')
const thumbEdge = 320

/** Draws the city's photos and writes them to the file store. */
export async function drawShelf(
  seed: string,
  store: StorePhoto,
): Promise<{ photos: ShelvedPhoto[]; files: (typeof schema.files.$inferInsert)[] }> {
  const random = new Random(`${seed}/photos`)
  const photos: ShelvedPhoto[] = []
  const files: (typeof schema.files.$inferInsert)[] = []
  for (const { jpeg, width, height, ...photo } of await drawPhotos()) {
    const sha256 = createHash('sha256').update(jpeg).digest('hex')
    const keys = photoKeys(sha256, 'image/jpeg')
    const thumb = await sharp(jpeg).resize(thumbEdge, thumbEdge, { fit: 'inside' }).jpeg({ quality: 76 }).toBuffer()
    await store(keys.original, jpeg)
    await store(keys.public, jpeg)
    await store(keys.thumb, thumb)
    const id = uuidAt(random.fork(sha256), opened)
    const kept = { originalKey: keys.original, publicKey: keys.public, thumbKey: keys.thumb }
    // They count as attached from the first day on, so that they are not deleted as unused.
    const use = { purpose: 'report_photo', createdAt: opened, attachedAt: opened } as const
    files.push({ id, sha256, mime: 'image/jpeg', bytes: jpeg.byteLength, width, height, ...kept, ...use })
    photos.push({ ...photo, id })
  }
  return { photos, files }
}

export function shelfOf(photos: readonly ShelvedPhoto[]): PhotoShelf {
  const fitting = new Map<string, ShelvedPhoto[]>()
  return {
    pick(random, motif, code, stage) {
      const key = `${stage} ${motif} ${code}`
      const known = fitting.get(key) ?? fittingOf(photos, motif, code, stage)
      fitting.set(key, known)
      return known.length === 0 ? null : random.pick(known).id
    },
  }
}

function fittingOf(photos: readonly ShelvedPhoto[], motif: string | null, code: string, stage: Stage) {
  const staged = photos.filter((photo) => photo.stage === stage)
  const ofMotif = staged.filter(({ name }) => name.replace(/-\d+$/, '') === motif)
  const ofCategory = staged.filter(({ families }) => families.includes(code) || families.includes(code.slice(0, 2)))
  return ofMotif.length > 0 ? ofMotif : ofCategory
}
