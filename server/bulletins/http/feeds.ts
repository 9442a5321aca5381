import type { IncomingMessage, ServerResponse } from 'node:http'
import { and, desc, eq } from 'drizzle-orm'
import { createTranslator } from 'next-intl'
import { z } from 'zod'
import { areas } from '#db/schema/index.ts'
import { messagesOf } from '#messages/catalog.ts'
import type { Visit } from '#server/http/request.ts'
import { capXml } from '../cap-xml.ts'
import { alertsAtomOf, alertsGeoJsonOf, atomOf, type FeedLanguage, type FeedWords, jsonOf, rssOf } from '../feeds.ts'
import {
  alertsChangedAt,
  alertsInForce,
  forceChangedAt,
  publicAlert,
  publicAlerts,
  publicBulletins,
  publicMark,
} from '../queries/public.ts'
import { bulletinKinds } from '../rules/bulletin.ts'
import { signedCap } from '../sign-cap.ts'
import { answerFresh, tagOf } from './conditional.ts'

const maxAge = 60
const longest = 100
const types = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
} as const
const makers = { atom: atomOf, rss: rssOf, json: jsonOf } as const

const bulletinsPath = /^\/feeds\/bulletins\.(atom|rss|json)$/
const alertPath = /^\/feeds\/alerts\/([\w-]{1,80})\.xml$/

/** `area` is the official code of a commune, `incident` the id that its bulletins' pages show. */
const query = z.object({
  area: z
    .string()
    .regex(/^[\w-]{1,12}$/)
    .optional(),
  incident: z.uuid().optional(),
  kind: z.enum(bulletinKinds).optional(),
  lang: z.enum(['vi', 'en']).default('vi'),
})

/** The open feeds: bulletins as Atom, RSS and JSON Feed, alerts as Atom with their CAP messages and as a map. */
export async function handleFeeds(req: IncomingMessage, res: ServerResponse, visit: Visit): Promise<boolean> {
  const url = new URL(req.url ?? '/', 'http://desk')
  if (!url.pathname.startsWith('/feeds/')) return false
  const [, format] = bulletinsPath.exec(url.pathname) ?? []
  const [, alertId] = alertPath.exec(url.pathname) ?? []
  if (format) await answerBulletins(req, res, visit, url, format as keyof typeof types)
  else if (url.pathname === '/feeds/alerts.atom') await answerAlerts(req, res, visit)
  else if (url.pathname === '/feeds/alerts.geojson') await answerMap(req, res, visit)
  else if (alertId) await answerAlert(req, res, visit, alertId)
  else refuse(res, 404, 'not found')
  return true
}

async function answerBulletins(
  req: IncomingMessage,
  res: ServerResponse,
  { db, now, home, isShared }: Visit,
  url: URL,
  format: keyof typeof types,
): Promise<void> {
  const asked = query.safeParse(Object.fromEntries(url.searchParams))
  if (!asked.success)
    return refuse(res, 400, asked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
  const { area, incident = null, kind = null, lang: language } = asked.data
  const areaId = area ? await areaOf(db, area) : null
  if (area && areaId === null) return refuse(res, 404, 'no such area')
  const at = now()
  const { key, changedAt } = await publicMark(db, at)
  const self = `${url.pathname}${url.search}`
  const freshness = { tag: tagOf(self, home, key, changedAt.getTime()), changedAt, maxAge, isShared }
  await answerFresh(req, res, freshness, async () => {
    const filter = { areaId, incidentId: incident, kind, english: language === 'en', limit: longest }
    const bulletins = await publicBulletins(db, filter)
    return {
      type: types[format],
      text: makers[format]({ home, self, language, words: wordsIn(language, 'feed'), changedAt, at, bulletins }),
    }
  })
}

async function areaOf(db: Visit['db'], code: string): Promise<number | null> {
  const [row] = await db
    .select({ id: areas.id })
    .from(areas)
    .where(and(eq(areas.code, code)))
    .orderBy(desc(areas.validFrom))
    .limit(1)
  return row?.id ?? null
}

async function answerAlerts(req: IncomingMessage, res: ServerResponse, { db, home, isShared }: Visit): Promise<void> {
  const alerts = await publicAlerts(db)
  const changedAt = await alertsChangedAt(db)
  const tag = tagOf('alerts', home, ...alerts.map(({ id, message }) => `${id} ${JSON.stringify(message.info)}`))
  await answerFresh(req, res, { tag, changedAt, maxAge, isShared }, () => ({
    type: types.atom,
    text: alertsAtomOf({ home, words: wordsIn('vi', 'alerts'), changedAt, alerts }),
  }))
}

/** What is in force now: it changes when a message is sent and when one lapses. */
async function answerMap(req: IncomingMessage, res: ServerResponse, { db, home, now, isShared }: Visit): Promise<void> {
  const at = now()
  const [alerts, changedAt] = await Promise.all([alertsInForce(db, at), forceChangedAt(db, at)])
  await answerFresh(
    req,
    res,
    { tag: tagOf('map', home, ...alerts.map(({ id }) => id)), changedAt, maxAge, isShared },
    () => ({
      type: 'application/geo+json; charset=utf-8',
      text: alertsGeoJsonOf({ home, alerts }),
    }),
  )
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
  const text = await signedCap(capXml(alert.message))
  await answerFresh(req, res, { tag: tagOf(text), changedAt: await alertsChangedAt(db), maxAge, isShared }, () => ({
    type: 'application/cap+xml; charset=utf-8',
    text,
  }))
}

function wordsIn(language: FeedLanguage, feed: 'feed' | 'alerts'): FeedWords {
  const t = createTranslator({ locale: language, messages: messagesOf(language), namespace: 'published' })
  return {
    title: t(`${feed}.title`),
    description: t(`${feed}.description`),
    author: t('author'),
    marks: { expired: t('marks.expired'), withdrawn: t('marks.withdrawn'), superseded: t('marks.superseded') },
    number: (number, incident) => t('number', { number: String(number), incident }),
  }
}

function refuse(res: ServerResponse, status: number, words: string): void {
  res
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=30' })
    .end(words)
}
