import { db } from '#db/client.ts'
import { validAreas } from '#server/areas/queries.ts'
import { now } from '#server/platform/clock.ts'
import { environment } from '#server/platform/environment.ts'
import { readingLimits } from '#server/platform/rules/limits.ts'
import { previewedBulletin } from '../commands/make-preview.ts'
import {
  type PublicBulletin,
  type PublicPage,
  previewPage,
  publicBulletins,
  publicPage,
  publicStanding,
} from '../queries/public.ts'
import { type PublicPlace, placeOfCode, placesOf } from '../queries/public-places.ts'
import { previewImages } from '../rules/images.ts'
import { type ListPlace, type PublicListAddress, wordsToFind } from '../rules/public-list.ts'

export type { PublicBulletin, PublicPage }

/** The page under an address; `gone` where it was taken down, null where there never was one. */
export async function readBulletin(slug: string): Promise<PublicPage | 'gone' | null> {
  if (!/^[a-z0-9-]{1,200}$/.test(slug)) return null
  const found = await publicPage(db, slug)
  if (found) return found
  return (await publicStanding(db, slug, now()))?.standing === 'gone' ? 'gone' : null
}

/** As it will be shown once it is published. */
export async function readPreview(token: string): Promise<PublicPage | null> {
  const id = await previewedBulletin(db, token, now())
  const page = id ? await previewPage(db, id) : null
  if (!page) return null
  const home = previewImages(token)
  const images = new Map([...page.images].map(([fileId, size]) => [fileId, { ...size, home }]))
  return { ...page, images, standing: page.standing === 'none' ? 'live' : page.standing }
}

export type Listing = {
  /** The filters in effect; those that matched nothing are left out. */
  address: PublicListAddress
  area: PublicPlace | null
  /** The communes to choose from. */
  choices: PublicPlace[]
  inForce: PublicBulletin[]
  rest: PublicBulletin[]
  /** Those that the bulletins name, by id. */
  places: ReadonlyMap<number, PublicPlace>
  next: ListPlace | null
}

/** A page of the list: what is in force at that moment, then the rest. */
export async function readList(asked: PublicListAddress, at: Date): Promise<Listing> {
  const area = asked.area === null ? null : await placeOfCode(db, asked.area)
  const address = { ...asked, area: area?.code ?? null }
  const { kind, incident: incidentId, words, before } = address
  const filter = { areaId: area?.id ?? null, incidentId, kind, words: wordsToFind(words) }
  const { pageSize } = readingLimits
  const part = (name: ListPlace['part'], limit: number) =>
    publicBulletins(db, {
      ...filter,
      force: { at, is: name === 'inForce' },
      before: before?.part === name ? before : null,
      limit,
    })
  const first = before?.part === 'rest' ? [] : await part('inForce', pageSize + 1)
  const left = pageSize + 1 - first.length
  const others = left > 0 ? await part('rest', left) : []
  const inForce = first.slice(0, pageSize)
  const rest = others.slice(0, pageSize - inForce.length)
  const shown = [...inForce, ...rest]
  const last = shown.at(-1)
  const hasMore = first.length + others.length > pageSize
  const [choices, places] = await Promise.all([
    validAreas(db, at),
    placesOf(db, [...new Set(shown.flatMap(({ content }) => content.areaIds))]),
  ])
  return {
    address,
    area,
    choices: choices.map(({ id, code, name }) => ({ id, code, name })),
    inForce,
    rest,
    places,
    next:
      hasMore && last ? { part: rest.length > 0 ? 'rest' : 'inForce', at: last.firstPublishedAt, id: last.id } : null,
  }
}

/** The public base address of the pages, for share images and structured data; null where the operator set none. */
export const publicHome = (): string | null => environment().appUrl?.origin ?? null

/** The moment for which a page is rendered. */
export const readingMoment = (): Date => now()
