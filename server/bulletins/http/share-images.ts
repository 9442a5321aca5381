import type { IncomingMessage, ServerResponse } from 'node:http'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { refusePhoto } from '#server/endpoints/photos.ts'
import type { Visit } from '#server/endpoints/request.ts'
import { DomainError } from '#server/platform/errors.ts'
import { shareImageLimits } from '#server/platform/rules/limits.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { exercisePage, publicPage, publicStanding } from '../queries/public.ts'
import type { Language } from '../rules/place-words.ts'
import { lastTurn, nextTurn, type ShareShape, shareShapes } from '../rules/share-image.ts'
import { slugOf } from '../rules/slug.ts'
import { keptPicture, pictureTag } from '../share/kept-pictures.ts'
import { type PictureWords, pictureWords } from '../share/picture-words.ts'
import { cacheHeaders, isUnchanged } from './conditional.ts'

const shapes = Object.keys(shareShapes).join('|')
const publicAddress = new RegExp(`^(/en)?/ban-tin/([a-z0-9-]+)/chia-se-(${shapes})\\.png$`)
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const staffAddress = new RegExp(`^/api/bulletins/(${uuid})/share-(${shapes})-(vi|en)\\.png$`)

/** The pictures of bulletins for messengers and phones. A bulletin that is gone, or never existed, has none. */
export async function handleShareImages(
  req: IncomingMessage,
  res: ServerResponse,
  { db, home, now, isShared }: Visit,
): Promise<boolean> {
  const [address, english, slug, shape] = publicAddress.exec(pathOf(req)) ?? []
  if (!address || !slug || !isReading(req)) return false
  const at = now()
  const page = await publicPage(db, slug)
  if (!page) {
    const isGone = (await publicStanding(db, slug, at))?.standing === 'gone'
    res.writeHead(isGone ? 410 : 404, { 'cache-control': 'public, max-age=60', 'content-type': 'text/plain' }).end()
    return true
  }
  // Without an English text the English page shows the Vietnamese one, and its picture.
  if (english && !page.content.en) {
    const location = (req.url ?? '').slice(english.length)
    res.writeHead(307, { 'cache-control': `public, max-age=${shareImageLimits.maxAgeSeconds}`, location }).end()
    return true
  }
  const words = pictureWords(page, { language: english ? 'en' : 'vi', shape: shape as ShareShape, home, at })
  const untilTurn = Math.floor(((nextTurn(page, at)?.getTime() ?? Infinity) - at.getTime()) / 1000)
  const times = [page.changedAt, page.publishedAt, lastTurn(page, at)].map((each) => each?.getTime() ?? 0)
  await answerPicture(req, res, words, {
    changedAt: new Date(Math.max(...times)),
    // The bulletin may be taken down at any minute: a cache revalidates as often as for its page.
    maxAge: Math.min(shareImageLimits.maxAgeSeconds, untilTurn),
    isShared,
  })
  return true
}

/** The picture of an exercise, which is never public: for staff, with the address of the desk in its code. */
export async function handleExerciseImages(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
): Promise<boolean> {
  const [address, id, shape, language] = staffAddress.exec(pathOf(req)) ?? []
  if (!address || !id || !isReading(req)) return false
  try {
    if (!context.session) throw new DomainError(context.sessionRefusal ?? 'signed_out')
    if (!mayUse(context.session.actor, 'bulletins.read')) throw new DomainError('forbidden')
    const page = await exercisePage(context.db, id)
    if (!page) throw new DomainError('not_found')
    const { home = '', now } = context
    const told = { language: language as Language, shape: shape as ShareShape, home, at: now(), isExercise: true }
    const kept = { changedAt: page.changedAt, maxAge: 0, isShared: false }
    await answerPicture(req, res, pictureWords(page, told), kept)
  } catch (error) {
    refusePhoto(res, error, context)
  }
  return true
}

type Kept = { changedAt: Date; maxAge: number; isShared: boolean }

async function answerPicture(
  req: IncomingMessage,
  res: ServerResponse,
  words: PictureWords,
  kept: Kept,
): Promise<void> {
  const freshness = { ...kept, tag: `"${pictureTag(words)}"` }
  const headers = {
    ...cacheHeaders(freshness),
    'content-security-policy': "default-src 'none'",
    ...(isDownload(req) && { 'content-disposition': `attachment; filename="${fileName(words)}"` }),
  }
  if (isUnchanged(req, freshness)) {
    res.writeHead(304, headers).end()
    return
  }
  // A HEAD request costs no drawing.
  if (req.method === 'HEAD') {
    res.writeHead(200, { ...headers, 'content-type': 'image/png' }).end()
    return
  }
  const picture = await keptPicture(words).catch(unlessBusy)
  if (!picture) {
    res.writeHead(503, { 'retry-after': '5', 'cache-control': 'no-store' }).end()
    return
  }
  res.writeHead(200, { ...headers, 'content-type': 'image/png', 'content-length': picture.byteLength })
  res.end(picture)
}

function unlessBusy(error: unknown): null {
  if (error instanceof DomainError && error.code === 'uploads_busy') return null
  throw error
}

/** `?tai=1`: to be saved on the reader's device, under a descriptive file name. */
const isDownload = ({ url }: IncomingMessage): boolean => new URL(url ?? '/', 'http://desk').searchParams.has('tai')
const fileName = ({ title, shape, language }: PictureWords): string => `${slugOf(title)}-${shape}-${language}.png`

const pathOf = (req: IncomingMessage): string => (req.url ?? '').split('?', 1)[0] as string
const isReading = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'
