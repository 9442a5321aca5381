import type { IncomingMessage, ServerResponse } from 'node:http'
import { overrule } from '#server/endpoints/overrule.ts'
import type { Visit } from '#server/endpoints/request.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { isPreviewTakenDown } from '../commands/make-preview.ts'
import { cacheHeaders, isUnchanged, tagOf } from './conditional.ts'
import { answerFromKept } from './kept-pages.ts'
import { sharedMark, sharedStanding } from './mark.ts'
import { pageTagHeader } from './page-tag.ts'

const pagePath = /^(\/en)?\/ban-tin(?:\/([a-z0-9-]+))?$/
const previewPath = /^\/ban-tin\/xem-truoc\/([\w-]{1,64})$/
const maxAge = 60
/** Pages of another build look different, so cached copies of them are not revalidated. */
const build = Date.now()

/**
 * Handles the public pages before app/(public) renders them: answers 304, or from the cached rendered page, and
 * redirects from pages that were taken down. A page that is gone also says so by its status code.
 */
export async function handleBulletinPages(
  req: IncomingMessage,
  res: ServerResponse,
  { db, now, home, isShared }: Visit,
): Promise<boolean> {
  const url = new URL(req.url ?? '/', 'http://desk')
  // Only this handler sets the tag under which a page is cached.
  delete req.headers[pageTagHeader]
  const [path, english = '', slug] = pagePath.exec(url.pathname) ?? []
  const [preview, token = ''] = previewPath.exec(url.pathname) ?? []
  if (preview) {
    if (await isPreviewTakenDown(db, token)) overrule(res, { status: 410, headers: { 'cache-control': 'no-store' } })
    return false
  }
  if (!path) return false
  const at = now()
  const found = slug ? await sharedStanding(db, slug, at) : null
  const brief = { 'cache-control': `public, max-age=${maxAge}` }
  if (found?.standing === 'gone') {
    if (found.redirectTo) {
      res.writeHead(308, { ...brief, location: `${english}/ban-tin/${found.redirectTo}` }).end()
      return true
    }
    overrule(res, { status: 410, headers: { ...brief, 'x-robots-tag': 'noindex' } })
    return false
  }
  // No bulletin of this name, or an exercise: the page answers 404 by itself.
  if (slug && (!found || found.standing === 'none')) return false
  const mark = found ?? (await sharedMark(db, 'all', at))
  // The age of a warning is counted in days.
  const tag = tagOf(build, home, url.pathname, url.search, mark.key, mark.changedAt.getTime(), localDayOf(at))
  const freshness = { tag, changedAt: mark.changedAt, maxAge, isShared }
  if (isUnchanged(req, freshness)) {
    res.writeHead(304, cacheHeaders(freshness)).end()
    return true
  }
  if (answerFromKept(req, res, tag, cacheHeaders(freshness))) return true
  req.headers[pageTagHeader] = tag
  overrule(res, { headers: cacheHeaders(freshness) })
  return false
}
