import { atomFeed, linkTo } from './feed-formats.ts'
import type { PublicAlert } from './queries/public-alerts.ts'
import type { CapInfo } from './rules/cap.ts'
import type { Language } from './rules/place-words.ts'
import { ringOfCap } from './rules/polygons.ts'

export type AlertFeedWords = {
  title: string
  description: string
  author: string
  marks: { over: string; updated: string }
}

type AlertFeed = { home: string; language: Language; alerts: readonly PublicAlert[]; at: Date }

export const alertsPath = (format: 'atom' | 'geojson', language: Language): string =>
  `/feeds/alerts.${format}${language === 'en' ? '?lang=en' : ''}`

const addressOf = (home: string, id: string): string => `${home}/feeds/alerts/${id}.xml`

/** The block in a language, or the first where it was not sent in that one. */
const infoIn = ({ message }: PublicAlert, language: Language) =>
  message.info.find((info) => info.language.startsWith(language)) ?? message.info[0]

/** The alerts, the newest first, each linking to its CAP message. An alert that is no longer in force says so first. */
export function alertsAtomOf(feed: AlertFeed & { words: AlertFeedWords; changedAt: Date }): string {
  const { home, language, words, changedAt, alerts } = feed
  const self = home + alertsPath('atom', language)
  return atomFeed({
    id: self,
    title: words.title,
    description: words.description,
    author: words.author,
    language,
    updated: changedAt,
    links: [
      linkTo('self', self, 'application/atom+xml'),
      linkTo('alternate', `${home}${language === 'en' ? '/en' : ''}/ban-tin`, 'text/html'),
    ],
    entries: alerts.map((alert) => {
      const info = infoIn(alert, language)
      const mark = markOf(alert, feed)
      const headline = info?.headline ?? alert.headline
      return {
        id: addressOf(home, alert.id),
        language: info?.language.slice(0, 2) ?? 'vi',
        title: mark ? `[${mark}] ${headline}` : headline,
        updated: alert.sentAt,
        published: alert.sentAt,
        link: linkTo('alternate', addressOf(home, alert.id), 'application/cap+xml'),
        summary: info?.description.slice(0, 500) ?? headline,
        categories: [{ term: alert.messageType }, ...(mark ? [{ term: mark }] : [])],
      }
    }),
  })
}

/** Why it is no longer in force. A message that ends another states its own kind. */
function markOf(
  { messageType, expiresAt, followedBy }: PublicAlert,
  { words, at }: Parameters<typeof alertsAtomOf>[0],
) {
  if (followedBy) return followedBy === 'Cancel' ? words.marks.over : words.marks.updated
  return messageType !== 'Cancel' && expiresAt <= at ? words.marks.over : null
}

/** The alerts as shapes on a map, each linking to its CAP message. */
export function alertsGeoJsonOf({ home, language, alerts }: Omit<AlertFeed, 'at'>): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: alerts.map((alert) => {
      const info: Partial<CapInfo> = infoIn(alert, language) ?? {}
      const { headline = alert.headline, event, category, urgency, severity, certainty } = info
      const { effective, onset, expires, web, area = [] } = info
      return {
        type: 'Feature',
        id: alert.id,
        properties: {
          ...{ headline, event, category, urgency, severity, certainty, effective, onset, expires, web },
          language: info.language,
          areas: area.map(({ areaDesc }) => areaDesc),
          cap: addressOf(home, alert.id),
        },
        geometry: {
          type: 'MultiPolygon',
          coordinates: area.flatMap(({ polygon }) => polygon.map((text) => [ringOfCap(text)])),
        },
      }
    }),
  })
}
