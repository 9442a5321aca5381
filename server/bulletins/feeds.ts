import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith'
import type { PublicAlert, PublicBulletin } from './queries/public.ts'
import { documentHtml } from './rules/document-html.ts'
import { publicImage } from './rules/images.ts'
import { ringOfCap } from './rules/polygons.ts'
import { validityAt } from './rules/validity.ts'

export type FeedLanguage = 'vi' | 'en'
export type FeedWords = {
  title: string
  description: string
  author: string
  marks: Record<'expired' | 'withdrawn' | 'superseded', string>
  number: (number: number, incident: string) => string
}

type Feed = {
  home: string
  /** The path of the feed itself, with its query. */
  self: string
  language: FeedLanguage
  words: FeedWords
  changedAt: Date
  /** The moment for which it is told what still holds. */
  at: Date
  bulletins: readonly PublicBulletin[]
}

type Item = {
  id: string
  url: string
  title: string
  summary: string
  html: string
  published: Date
  updated: Date
  tags: string[]
}

/** Bulletins as the public reads them elsewhere: ids that never change, `updated` only where a reader should look again. */
function itemsOf({ home, language, words, at, bulletins }: Feed): Item[] {
  return bulletins.map((bulletin) => {
    const text = (language === 'en' && bulletin.content.en) || bulletin.content.vi
    const image = (fileId: string) => `${home}${publicImage(fileId, 960)}`
    const { number, incident, standing } = bulletin
    const validity = validityAt(bulletin, at)
    const mark = validity in words.marks ? words.marks[validity as keyof FeedWords['marks']] : null
    const notice = standing === 'withdrawn' ? (language === 'en' && bulletin.noticeEn) || bulletin.notice : ''
    return {
      id: `urn:uuid:${bulletin.id}`,
      url: `${home}${pagesOf(language)}/${bulletin.slug}`,
      title: [mark && `[${mark}]`, text.title].filter(Boolean).join(' '),
      summary: [notice, text.summary].filter(Boolean).join(' — '),
      html: documentHtml(text.body, { image }),
      published: bulletin.firstPublishedAt,
      updated: bulletin.changedAt,
      tags: [
        bulletin.content.kind,
        ...(incident && number ? [words.number(number, incident.name)] : []),
        ...(mark ? [mark] : []),
      ],
    }
  })
}

export const pagesOf = (language: FeedLanguage): string => (language === 'en' ? '/en/ban-tin' : '/ban-tin')

export function atomOf(feed: Feed): string {
  const { home, self, language, words, changedAt } = feed
  return generateAtomFeed({
    id: `${home}${self}`,
    title: { value: words.title },
    subtitle: { value: words.description },
    updated: changedAt,
    authors: [{ name: words.author }],
    links: [
      { href: `${home}${self}`, rel: 'self', type: 'application/atom+xml' },
      { href: `${home}${pagesOf(language)}`, rel: 'alternate', type: 'text/html', hreflang: language },
    ],
    entries: itemsOf(feed).map((item) => ({
      id: item.id,
      title: { value: item.title },
      updated: item.updated,
      published: item.published,
      links: [{ href: item.url, rel: 'alternate', type: 'text/html', hreflang: language }],
      summary: { value: item.summary },
      content: { value: item.html, type: 'html' },
      categories: item.tags.map((term) => ({ term })),
    })),
  })
}

export function rssOf(feed: Feed): string {
  const { home, self, language, words, changedAt } = feed
  return generateRssFeed({
    title: words.title,
    link: `${home}${pagesOf(language)}`,
    description: words.description,
    language,
    lastBuildDate: changedAt,
    atom: { links: [{ href: `${home}${self}`, rel: 'self', type: 'application/rss+xml' }] },
    items: itemsOf(feed).map((item) => ({
      title: item.title,
      link: item.url,
      guid: { value: item.id, isPermaLink: false },
      pubDate: item.published,
      description: item.summary,
      content: { encoded: item.html },
      categories: item.tags.map((name) => ({ name })),
    })),
  })
}

export function jsonOf(feed: Feed): string {
  const { home, self, language, words } = feed
  const body = generateJsonFeed({
    title: words.title,
    description: words.description,
    home_page_url: `${home}${pagesOf(language)}`,
    feed_url: `${home}${self}`,
    language,
    authors: [{ name: words.author }],
    items: itemsOf(feed).map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      summary: item.summary,
      content_html: item.html,
      date_published: item.published,
      date_modified: item.updated,
      tags: item.tags,
      language,
    })),
  })
  // The library leaves out what is empty; a feed without items still has a list of them.
  return JSON.stringify({ items: [], ...(body as object) })
}

type AlertFeed = Pick<Feed, 'home' | 'words' | 'changedAt'> & { alerts: readonly PublicAlert[] }

/** The alerts, each leading to its CAP message. */
export function alertsAtomOf({ home, words, changedAt, alerts }: AlertFeed): string {
  return generateAtomFeed({
    id: `${home}/feeds/alerts.atom`,
    title: { value: words.title },
    subtitle: { value: words.description },
    updated: changedAt,
    authors: [{ name: words.author }],
    links: [{ href: `${home}/feeds/alerts.atom`, rel: 'self', type: 'application/atom+xml' }],
    entries: alerts.map(({ id, headline, sentAt, messageType, message }) => ({
      id: `${home}/feeds/alerts/${id}.xml`,
      title: { value: headline },
      updated: sentAt,
      published: sentAt,
      links: [{ href: `${home}/feeds/alerts/${id}.xml`, rel: 'alternate', type: 'application/cap+xml' }],
      summary: { value: message.info[0]?.description.slice(0, 500) ?? headline },
      categories: [{ term: messageType }],
    })),
  })
}

/** The alerts as shapes on a map, each leading to its CAP message. */
export function alertsGeoJsonOf({ home, alerts }: Pick<AlertFeed, 'home' | 'alerts'>): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: alerts.map(({ id, headline, message }) => {
      const {
        area = [],
        event,
        category,
        urgency,
        severity,
        certainty,
        effective,
        onset,
        expires,
        web,
      } = message.info[0] ?? {}
      return {
        type: 'Feature',
        id,
        properties: {
          ...{ headline, event, category, urgency, severity, certainty, effective, onset, expires, web },
          areas: area.map(({ areaDesc }) => areaDesc),
          cap: `${home}/feeds/alerts/${id}.xml`,
        },
        geometry: {
          type: 'MultiPolygon',
          coordinates: area.flatMap(({ polygon }) => polygon.map((text) => [ringOfCap(text)])),
        },
      }
    }),
  })
}
