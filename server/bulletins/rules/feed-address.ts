import { z } from 'zod'
import { type BulletinKind, bulletinKinds } from './bulletin.ts'
import type { Language } from './place-words.ts'

export const feedFormats = ['atom', 'rss', 'json'] as const
export type FeedFormat = (typeof feedFormats)[number]

/**
 * The subject of a feed: all of the city, or a commune by its official code, an incident by its id, a kind; in one
 * language.
 */
export type FeedAddress = {
  area: string | null
  incident: string | null
  kind: BulletinKind | null
  language: Language
}

/**
 * A part of a feed: what is new, an archive (`edition`: how often something of it was taken down), or what follows an
 * archive.
 */
export type FeedPart =
  | { is: 'subscription' }
  | { is: 'archive'; page: number; edition: number }
  | { is: 'after'; page: number }

const query = z.object({
  area: z
    .string()
    .regex(/^\w{1,12}$/)
    .nullable(),
  incident: z.uuid().toLowerCase().nullable(),
  kind: z.enum(bulletinKinds).nullable(),
  language: z.enum(['vi', 'en']),
})

const path = /^\/feeds\/bulletins(?:\/(after-)?(\d{1,6})(?:-(\d{1,6}))?)?\.(atom|rss|json)$/

/** What an address asks for; null where it is no address of a feed. Unknown parameters are ignored. */
export function readFeedAddress(url: URL): { format: FeedFormat; part: FeedPart; address: FeedAddress } | null {
  const [found, after, page, edition, format] = path.exec(url.pathname) ?? []
  const part = found ? partOf(after !== undefined, page, edition) : null
  const { searchParams } = url
  const asked = query.safeParse({
    area: searchParams.get('area'),
    incident: searchParams.get('incident'),
    kind: searchParams.get('kind'),
    language: searchParams.get('lang') ?? 'vi',
  })
  return part && asked.success ? { format: format as FeedFormat, part, address: asked.data } : null
}

function partOf(isAfter: boolean, page: string | undefined, edition: string | undefined): FeedPart | null {
  if (page === undefined) return { is: 'subscription' }
  if (page.startsWith('0') || isAfter === (edition !== undefined)) return null
  if (edition === undefined) return { is: 'after', page: Number(page) }
  return edition === String(Number(edition)) ? { is: 'archive', page: Number(page), edition: Number(edition) } : null
}

const subscription: FeedPart = { is: 'subscription' }

/** The one address of a part of a feed: the same parameters always in the same order. */
export function feedPath(format: FeedFormat, address: FeedAddress, part: FeedPart = subscription): string {
  const name =
    part.is === 'subscription' ? '' : part.is === 'after' ? `/after-${part.page}` : `/${part.page}-${part.edition}`
  return `/feeds/bulletins${name}.${format}${queryOf(address, true)}`
}

/** The page that lists the same bulletins. */
export const feedPage = (address: FeedAddress): string =>
  `${address.language === 'en' ? '/en' : ''}/ban-tin${queryOf(address, false)}`

function queryOf({ area, incident, kind, language }: FeedAddress, withLanguage: boolean): string {
  const named = new URLSearchParams()
  for (const [name, value] of Object.entries({ area, incident, kind })) if (value !== null) named.set(name, value)
  if (withLanguage && language === 'en') named.set('lang', language)
  return named.size > 0 ? `?${named}` : ''
}
