import { linkTo, namespaces, xmlOf } from './feed-formats.ts'
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

/** The alerts, the newest first, each leading to its CAP message. What holds no more says so before all else. */
export function alertsAtomOf(feed: AlertFeed & { words: AlertFeedWords; changedAt: Date }): string {
  const { home, language, words, changedAt, alerts } = feed
  const self = home + alertsPath('atom', language)
  return xmlOf({
    feed: {
      ...namespaces,
      '@xml:lang': language,
      id: self,
      title: words.title,
      subtitle: words.description,
      updated: changedAt.toISOString(),
      author: { name: words.author },
      link: [
        linkTo('self', self, 'application/atom+xml'),
        linkTo('alternate', `${home}${language === 'en' ? '/en' : ''}/ban-tin`, 'text/html'),
      ],
      entry: alerts.map((alert) => {
        const info = infoIn(alert, language)
        const spoken = info?.language.slice(0, 2) ?? 'vi'
        const mark = markOf(alert, feed)
        const headline = info?.headline ?? alert.headline
        return {
          ...(spoken !== language && { '@xml:lang': spoken }),
          id: addressOf(home, alert.id),
          title: mark ? `[${mark}] ${headline}` : headline,
          updated: alert.sentAt.toISOString(),
          published: alert.sentAt.toISOString(),
          link: linkTo('alternate', addressOf(home, alert.id), 'application/cap+xml'),
          summary: info?.description.slice(0, 500) ?? headline,
          category: [{ '@term': alert.messageType }, ...(mark ? [{ '@term': mark }] : [])],
        }
      }),
    },
  })
}

/** Why it is in force no more. A message that ends another tells of itself what it is. */
function markOf(
  { messageType, expiresAt, followedBy }: PublicAlert,
  { words, at }: Parameters<typeof alertsAtomOf>[0],
) {
  if (followedBy) return followedBy === 'Cancel' ? words.marks.over : words.marks.updated
  return messageType !== 'Cancel' && expiresAt <= at ? words.marks.over : null
}

/** The alerts as shapes on a map, each leading to its CAP message. */
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
