import { XMLBuilder } from 'fast-xml-parser'
import type { FeedDocument, FeedItem } from './feeds.ts'
import type { FeedFormat } from './rules/feed-address.ts'
import { withXmlText } from './xml-text.ts'

export const feedTypes = {
  atom: 'application/atom+xml',
  rss: 'application/rss+xml',
  json: 'application/feed+json',
} as const satisfies Record<FeedFormat, string>

export const feedWriters = { atom: atomOf, rss: rssOf, json: jsonOf } as const satisfies Record<
  FeedFormat,
  (document: FeedDocument) => string
>

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
  // Otherwise a text that happens to be "true" is lost in an attribute.
  suppressBooleanAttributes: false,
})

type Xml = string | { [name: string]: Xml | Xml[] }

/** A document in which every text is escaped; a character that XML cannot hold is left out. */
function xmlOf(root: { [name: string]: Xml }): string {
  return builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, ...withXmlText(root) })
}

const namespaces = {
  '@xmlns': 'http://www.w3.org/2005/Atom',
  '@xmlns:at': 'http://purl.org/atompub/tombstones/1.0',
  '@xmlns:dcterms': 'http://purl.org/dc/terms/',
  '@xmlns:fh': 'http://purl.org/syndication/history/1.0',
} as const

type Parts = { [name: string]: Xml | Xml[] }

type AtomEntry = Pick<FeedItem, 'id' | 'title' | 'summary' | 'published' | 'updated' | 'categories'> & {
  language: string
  link: Xml
  /** The whole text, where the entry has it. */
  html?: string
  /** Elements of other vocabularies. */
  more?: Parts
}

type AtomFeed = Pick<FeedDocument, 'id' | 'title' | 'description' | 'author' | 'updated'> & {
  language: string
  links: Xml[]
  /** Elements of other vocabularies, before its entries. */
  more?: Parts
  entries: readonly AtomEntry[]
}

/** A feed in Atom, which every feed reader supports. */
export function atomFeed({ language, updated, links, more, entries, ...feed }: AtomFeed): string {
  return xmlOf({
    feed: {
      ...namespaces,
      '@xml:lang': language,
      id: feed.id,
      title: feed.title,
      subtitle: feed.description,
      updated: updated.toISOString(),
      author: { name: feed.author },
      link: links,
      ...more,
      entry: entries.map((entry) => entryOf(entry, language)),
    },
  })
}

function entryOf({ language, updated, published, html, categories, more, ...entry }: AtomEntry, ofFeed: string): Xml {
  return {
    ...(language !== ofFeed && { '@xml:lang': language }),
    id: entry.id,
    title: entry.title,
    updated: updated.toISOString(),
    published: published.toISOString(),
    link: entry.link,
    summary: entry.summary,
    ...(html !== undefined && { content: { '@type': 'html', '#text': html } }),
    category: categories.map(({ term, label }) => ({ '@term': term, ...(label && { '@label': label }) })),
    ...more,
  }
}

function atomOf({ self, page, links, isArchive, gone, items, ...document }: FeedDocument): string {
  return atomFeed({
    ...document,
    links: [
      linkTo('self', self, feedTypes.atom),
      { ...linkTo('alternate', page, 'text/html'), '@hreflang': document.language },
      ...links.map(({ rel, href }) => linkTo(rel, href, feedTypes.atom)),
    ],
    more: {
      ...(isArchive && { 'fh:archive': '' }),
      'at:deleted-entry': gone.map(({ id, at }) => ({ '@ref': id, '@when': at.toISOString() })),
    },
    entries: items.map((item) => ({
      ...item,
      link: { ...linkTo('alternate', item.url, 'text/html'), '@hreflang': item.language },
      more: validOf(item),
    })),
  })
}

export const linkTo = (rel: string, href: string, type: string) => ({ '@rel': rel, '@href': href, '@type': type })

/** Its period of validity, in the Dublin Core period notation. */
function validOf({ from, until }: FeedItem): { [name: string]: Xml } {
  if (!from && !until) return {}
  const [start, end] = [from && `start=${from.toISOString()};`, until && `end=${until.toISOString()};`]
  return { 'dcterms:valid': [start, end, 'scheme=W3C-DTF;'].filter(Boolean).join(' ') }
}

function rssOf(document: FeedDocument): string {
  const { self, links } = document
  return xmlOf({
    rss: {
      '@version': '2.0',
      '@xmlns:atom': namespaces['@xmlns'],
      '@xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
      '@xmlns:dcterms': namespaces['@xmlns:dcterms'],
      '@xmlns:fh': namespaces['@xmlns:fh'],
      '@xml:lang': document.language,
      channel: {
        title: document.title,
        link: document.page,
        description: document.description,
        language: document.language,
        lastBuildDate: document.updated.toUTCString(),
        'atom:link': [
          linkTo('self', self, feedTypes.rss),
          ...links.map(({ rel, href }) => linkTo(rel, href, feedTypes.rss)),
        ],
        ...(document.isArchive && { 'fh:archive': '' }),
        item: document.items.map((item) => ({
          title: item.title,
          link: item.url,
          guid: { '@isPermaLink': 'false', '#text': item.versionId },
          pubDate: item.versionAt.toUTCString(),
          'atom:updated': item.updated.toISOString(),
          description: item.summary,
          'content:encoded': item.html,
          category: item.categories.map(({ term }) => term),
          ...validOf(item),
        })),
      },
    },
  })
}

function jsonOf(document: FeedDocument): string {
  const older = document.links.find(({ rel }) => rel === 'prev-archive')
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: document.title,
    description: document.description,
    home_page_url: document.page,
    feed_url: document.self,
    ...(older && { next_url: older.href }),
    language: document.language,
    authors: [{ name: document.author }],
    items: document.items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      summary: item.summary,
      content_html: item.html,
      date_published: item.published.toISOString(),
      date_modified: item.updated.toISOString(),
      tags: item.categories.map(({ term }) => term),
      language: item.language,
      ...(item.until && { _validity: { from: item.from?.toISOString() ?? null, until: item.until.toISOString() } }),
    })),
  })
}
