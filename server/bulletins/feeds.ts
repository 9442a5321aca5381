import { nameIn } from '#server/platform/rules/filters/things.ts'
import type { Archive, ArchivedBulletin, FeedBulletin, Subscription } from './queries/feed.ts'
import { documentHtml } from './rules/document-html.ts'
import { type FeedAddress, type FeedFormat, feedPage, feedPath } from './rules/feed-address.ts'
import { publicImage } from './rules/images.ts'
import type { Language } from './rules/place-words.ts'
import type { BulletinContent } from './rules/schemas.ts'
import { isStale } from './rules/stale.ts'
import { beginOf, endOf, validityAt } from './rules/validity.ts'

export type FeedWords = {
  title: string
  description: string
  archive: string
  author: string
  marks: Record<'expired' | 'withdrawn' | 'superseded' | 'stale', string>
  kinds: Record<BulletinContent['kind'], string>
  number: (number: number, incident: string) => string
}

/** One bulletin, or the fact that it is gone, in any format. Its id never changes. */
export type FeedItem = {
  id: string
  /** A new one for each text that readers were notified of, for formats that recognise a change by nothing else. */
  versionId: string
  versionAt: Date
  url: string
  language: Language
  title: string
  summary: string
  html: string
  published: Date
  updated: Date
  from: Date | null
  until: Date | null
  categories: { term: string; label?: string }[]
}

export type FeedDocument = {
  /** The id of the feed that it belongs to, whichever part of it this is. */
  id: string
  home: string
  self: string
  page: string
  language: Language
  title: string
  description: string
  author: string
  updated: Date
  isArchive: boolean
  links: { rel: 'prev-archive' | 'next-archive' | 'current'; href: string }[]
  items: FeedItem[]
  gone: { id: string; at: Date }[]
}

type Place = { home: string; format: FeedFormat; address: FeedAddress; words: FeedWords }

/** The current content of a feed. `editions`: of its archives, oldest first. */
export function subscriptionDocument(
  { home, format, address, words }: Place,
  told: Subscription & { names: readonly string[]; editions: readonly Archive[]; changedAt: Date; at: Date },
): FeedDocument {
  const last = told.editions.length
  return {
    ...frameOf({ home, format, address, words }),
    title: [words.title, ...told.names].join(' – '),
    description: words.description,
    self: home + feedPath(format, address),
    updated: told.changedAt,
    isArchive: false,
    links: last > 0 ? [archiveLink('prev-archive', { home, format, address }, last, told.editions)] : [],
    items: told.bulletins.map((bulletin) => itemOf(bulletin, { home, address, words, at: told.at })),
    gone: told.gone.map(({ id, goneAt }) => ({ id: idOf(id), at: goneAt })),
  }
}

/** A closed archive: `page` counts from 1. Names that may change are left out, because an archive must not change. */
export function archiveDocument(
  place: Place,
  { page, editions, bulletins }: { page: number; editions: readonly Archive[]; bulletins: readonly ArchivedBulletin[] },
): FeedDocument {
  const { home, format, address, words } = place
  const updated = bulletins.map(({ updatedAt, isGone, goneAt }) => (isGone ? goneAt : updatedAt).getTime())
  return {
    ...frameOf(place),
    title: words.title,
    description: words.archive,
    self: home + feedPath(format, address, { is: 'archive', page, edition: editions[page - 1]?.edition ?? 0 }),
    updated: new Date(Math.max(...updated)),
    isArchive: true,
    links: [
      { rel: 'current', href: home + feedPath(format, address) },
      ...(page > 1 ? [archiveLink('prev-archive', place, page - 1, editions)] : []),
      { rel: 'next-archive', href: home + feedPath(format, address, { is: 'after', page }) },
    ],
    items: bulletins.filter(({ isGone }) => !isGone).map((bulletin) => archivedItem(bulletin, place)),
    gone: bulletins.filter(({ isGone }) => isGone).map(({ id, goneAt }) => ({ id: idOf(id), at: goneAt })),
  }
}

function frameOf({ home, address, words }: Place) {
  return {
    id: home + feedPath('atom', address),
    home,
    page: home + feedPage(address),
    language: address.language,
    author: words.author,
  }
}

function archiveLink(
  rel: 'prev-archive',
  { home, format, address }: Omit<Place, 'words'>,
  page: number,
  editions: readonly Archive[],
) {
  return {
    rel,
    href: home + feedPath(format, address, { is: 'archive', page, edition: editions[page - 1]?.edition ?? 0 }),
  }
}

const idOf = (bulletinId: string): string => `urn:uuid:${bulletinId}`

type Telling = { home: string; address: FeedAddress; words: FeedWords; at: Date }

function itemOf(bulletin: FeedBulletin, { home, address, words, at }: Telling): FeedItem {
  const { id, content, number, incident, standing, versions } = bulletin
  const validity = validityAt(bulletin, at)
  const standingMark = validity in words.marks ? words.marks[validity as keyof FeedWords['marks']] : null
  const mark = isStale(bulletin, validity, at) ? words.marks.stale : standingMark
  const text = textOf(bulletin, { home, address })
  const notice = standing === 'withdrawn' ? (text.language === 'en' && bulletin.noticeEn) || bulletin.notice : ''
  return {
    ...text,
    id: idOf(id),
    versionId: versions > 1 ? `${idOf(id)}#${versions}` : idOf(id),
    versionAt: bulletin.versionAt,
    title: [mark && `[${mark}]`, text.title].filter(Boolean).join(' '),
    summary: [notice, text.summary].filter(Boolean).join(' — '),
    published: bulletin.firstPublishedAt,
    updated: bulletin.changedAt,
    categories: [
      { term: content.kind, label: words.kinds[content.kind] },
      ...(incident && number ? [{ term: words.number(number, nameIn(incident, address.language === 'en')) }] : []),
      ...(mark ? [{ term: mark }] : []),
    ],
  }
}

function archivedItem(bulletin: ArchivedBulletin, { home, address, words }: Place): FeedItem {
  const { id, content, firstPublishedAt, updatedAt } = bulletin
  return {
    ...textOf(bulletin, { home, address }),
    id: idOf(id),
    versionId: idOf(id),
    versionAt: firstPublishedAt,
    published: firstPublishedAt,
    updated: updatedAt,
    categories: [{ term: content.kind, label: words.kinds[content.kind] }],
  }
}

type Written = { slug: string; content: BulletinContent }

function textOf({ slug, content }: Written, { home, address }: Pick<Telling, 'home' | 'address'>) {
  const english = address.language === 'en' ? content.en : null
  const { title, summary, body } = english ?? content.vi
  return {
    language: english ? ('en' as const) : ('vi' as const),
    url: `${home}${pagesOf(address.language)}/${slug}`,
    title,
    summary,
    html: documentHtml(body, { image: (fileId) => `${home}${publicImage(fileId, 960)}` }),
    from: beginOf(content),
    until: endOf(content),
  }
}

const pagesOf = (language: Language): string => (language === 'en' ? '/en/ban-tin' : '/ban-tin')
