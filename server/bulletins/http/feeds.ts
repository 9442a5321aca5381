import type { IncomingMessage, ServerResponse } from 'node:http'
import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import type { Visit } from '#server/endpoints/request.ts'
import { feedLimits } from '#server/platform/rules/limits.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { alertsAtomOf, alertsGeoJsonOf } from '../alert-feeds.ts'
import { capXml } from '../cap-xml.ts'
import { feedTypes, feedWriters } from '../feed-formats.ts'
import { archiveDocument, type FeedWords, subscriptionDocument } from '../feeds.ts'
import { alertsChangedAt } from '../queries/alert-marks.ts'
import { archived, archives, feedSubject, subscription } from '../queries/feed.ts'
import { alertsInForce, publicAlert, publicAlerts } from '../queries/public-alerts.ts'
import { bulletinKinds } from '../rules/bulletin.ts'
import { feedPath, readFeedAddress } from '../rules/feed-address.ts'
import { englishName, type Language } from '../rules/place-words.ts'
import { signXml } from '../sign-cap.ts'
import { keyOrRefusal } from './alert-key.ts'
import { answerFresh, openToAll, tagOf } from './conditional.ts'
import { sharedAlertMark, sharedMark } from './mark.ts'

const maxAge = feedLimits.maxAgeSeconds
const alertPath = /^\/feeds\/alerts\/([\w-]{1,80})\.xml$/

/**
 * The open feeds: bulletins as Atom, RSS and JSON Feed with their archives, alerts as Atom with their CAP messages and
 * as a map.
 */
export async function handleFeeds(req: IncomingMessage, res: ServerResponse, visit: Visit): Promise<boolean> {
  const url = new URL(req.url ?? '/', 'http://desk')
  if (!url.pathname.startsWith('/feeds/')) return false
  const feed = readFeedAddress(url)
  const language = languageOf(url)
  const [, alertId] = alertPath.exec(url.pathname) ?? []
  if (feed) await answerBulletins(req, res, visit, feed)
  else if (url.pathname === '/feeds/alerts.atom' && language) await answerAlerts(req, res, visit, language)
  else if (url.pathname === '/feeds/alerts.geojson' && language) await answerMap(req, res, visit, language)
  else if (alertId) await answerAlert(req, res, visit, alertId)
  else refuse(res, 404, 'not found')
  return true
}

function languageOf({ searchParams }: URL): Language | null {
  const asked = searchParams.get('lang') ?? 'vi'
  return asked === 'vi' || asked === 'en' ? asked : null
}

type Asked = NonNullable<ReturnType<typeof readFeedAddress>>

async function answerBulletins(req: IncomingMessage, res: ServerResponse, visit: Visit, asked: Asked): Promise<void> {
  const { db } = visit
  const { address, part, format } = asked
  const subject = await feedSubject(db, address)
  if (!subject) return refuse(res, 404, 'no such area or incident')
  if (part.is === 'subscription') return answerSubscription(req, res, visit, { ...asked, subject })
  const closed = await archives(db, address, subject)
  const found = closed[part.page - 1]
  if (!found) return refuse(res, 404, 'no such archive')
  if (part.is === 'after') {
    const next = closed[part.page]
    const archive = next && { is: 'archive' as const, page: part.page + 1, edition: next.edition }
    const location = feedPath(format, address, archive)
    res.writeHead(307, { ...openToAll, location, 'cache-control': `public, max-age=${maxAge}` }).end()
    return
  }
  if (part.edition < found.edition) return refuse(res, 410, 'something in this archive was taken down')
  if (part.edition > found.edition) return refuse(res, 404, 'no such archive')
  await answerArchive(req, res, visit, { ...asked, subject, page: part.page, editions: closed })
}

type Subscribing = Asked & { subject: NonNullable<Awaited<ReturnType<typeof feedSubject>>> }

/** Any publication, correction, withdrawal or lapse changes the document. */
async function answerSubscription(
  req: IncomingMessage,
  res: ServerResponse,
  { db, now, home, isShared }: Visit,
  { address, format, subject }: Subscribing,
): Promise<void> {
  const at = now()
  const { key, changedAt } = await sharedMark(db, 'all', at)
  // The age of a warning is counted in days.
  const tag = tagOf(feedPath(format, address), home, key, changedAt.getTime(), localDayOf(at))
  await answerFresh(req, res, { tag, changedAt, maxAge, isShared }, async () => {
    const editions = await archives(db, address, subject)
    const told = await subscription(db, address, subject, { archived: editions.length * feedLimits.archive, at })
    const area = subject.area && address.language === 'en' ? englishName(subject.area) : subject.area
    const names = [subject.incident, area].filter((name) => name !== null)
    const place = { home, format, address, words: feedWords(address.language) }
    const document = subscriptionDocument(place, { ...told, names, editions, changedAt, at })
    return { type: `${feedTypes[format]}; charset=utf-8`, text: feedWriters[format](document) }
  })
}

type Archive = Subscribing & { page: number; editions: Awaited<ReturnType<typeof archives>> }

/** The content under this address never changes. */
async function answerArchive(
  req: IncomingMessage,
  res: ServerResponse,
  { db, home, isShared }: Visit,
  { address, format, part, subject, page, editions }: Archive,
): Promise<void> {
  const changedAt = editions[page - 1]?.changedAt ?? new Date(0)
  const tag = tagOf(feedPath(format, address, part), home)
  await answerFresh(req, res, { tag, changedAt, maxAge, isShared }, async () => {
    const bulletins = await archived(db, address, subject, page)
    const place = { home, format, address, words: feedWords(address.language) }
    const document = archiveDocument(place, { page, editions, bulletins })
    return { type: `${feedTypes[format]}; charset=utf-8`, text: feedWriters[format](document) }
  })
}

/** It changes when a message is sent, followed or taken down, and when one lapses. */
async function answerAlerts(
  req: IncomingMessage,
  res: ServerResponse,
  { db, now, home, isShared }: Visit,
  language: Language,
): Promise<void> {
  const at = now()
  const { key, changedAt } = await sharedAlertMark(db, 'list', at)
  const tag = tagOf('alerts', language, home, key, changedAt.getTime())
  await answerFresh(req, res, { tag, changedAt, maxAge, isShared }, async () => {
    const alerts = await publicAlerts(db, feedLimits.alerts)
    return {
      type: `${feedTypes.atom}; charset=utf-8`,
      text: alertsAtomOf({ home, language, words: alertWords(language), changedAt, alerts, at }),
    }
  })
}

/** What is in force now: it changes when a message is sent and when one lapses. */
async function answerMap(
  req: IncomingMessage,
  res: ServerResponse,
  { db, home, now, isShared }: Visit,
  language: Language,
): Promise<void> {
  const at = now()
  const { key, changedAt } = await sharedAlertMark(db, 'map', at)
  const tag = tagOf('map', language, home, key)
  await answerFresh(req, res, { tag, changedAt, maxAge, isShared }, async () => ({
    type: 'application/geo+json; charset=utf-8',
    text: alertsGeoJsonOf({ home, language, alerts: await alertsInForce(db, at) }),
  }))
}

/** A message that was sent never changes, but one whose bulletin is gone is gone too: no cache keeps it for long. */
async function answerAlert(
  req: IncomingMessage,
  res: ServerResponse,
  { db, isShared }: Visit,
  id: string,
): Promise<void> {
  const alert = await publicAlert(db, id)
  if (alert === 'gone') return refuse(res, 410, 'this alert was taken down')
  if (!alert) return refuse(res, 404, 'no such alert')
  const key = await keyOrRefusal(res)
  if (!key) return
  const [text, changedAt] = [capXml(alert.message), await alertsChangedAt(db)]
  await answerFresh(req, res, { tag: tagOf(text, key.published), changedAt, maxAge, isShared }, async () => ({
    type: 'application/cap+xml; charset=utf-8',
    text: signXml(text, key),
  }))
}

const wordsIn = (language: Language) =>
  createTranslator({ locale: language, messages: messagesOf(language), namespace: 'published' })

function feedWords(language: Language): FeedWords {
  const t = wordsIn(language)
  return {
    title: t('feed.title'),
    description: t('feed.description'),
    archive: t('feed.archive'),
    author: t('author'),
    marks: {
      expired: t('marks.expired'),
      withdrawn: t('marks.withdrawn'),
      superseded: t('marks.superseded'),
      stale: t('marks.stale'),
    },
    kinds: Object.fromEntries(bulletinKinds.map((kind) => [kind, t(`kinds.${kind}`)])) as FeedWords['kinds'],
    number: (number, incident) => t.markup('number', { number: String(number), incident, name: (chunks) => chunks }),
  }
}

function alertWords(language: Language) {
  const t = wordsIn(language)
  return {
    title: t('alerts.title'),
    description: t('alerts.description'),
    author: t('author'),
    marks: { over: t('marks.expired'), updated: t('alerts.updated') },
  }
}

function refuse(res: ServerResponse, status: number, words: string): void {
  const headers = { ...openToAll, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=30' }
  res.writeHead(status, headers).end(words)
}
