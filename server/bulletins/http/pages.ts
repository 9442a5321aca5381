import type { IncomingMessage, ServerResponse } from 'node:http'
import { overrule } from '#server/http/overrule.ts'
import type { Visit } from '#server/http/request.ts'
import { publicMark, publicStanding } from '../queries/public.ts'
import { cacheHeaders, isUnchanged, tagOf } from './conditional.ts'

const pagePath = /^(\/en)?\/ban-tin(?:\/([a-z0-9-]+))?$/
const maxAge = 60
/** Pages of another build look otherwise: what a cache kept of them is not asked for again. */
const build = Date.now()

/**
 * Stands before the public pages, which Next draws: answers from the cache's own copy where nothing changed, sends readers on
 * from what was taken down, and sees to it that the page of what is gone says so to machines too.
 */
export async function handleBulletinPages(
  req: IncomingMessage,
  res: ServerResponse,
  { db, home, isShared }: Visit,
): Promise<boolean> {
  const url = new URL(req.url ?? '/', 'http://desk')
  const [path, english = '', slug] = pagePath.exec(url.pathname) ?? []
  // Next asks for the parts of a page in its own way when a reader goes from one to the next.
  if (!path || url.searchParams.has('_rsc') || req.headers.rsc) return false
  const found = slug ? await publicStanding(db, slug) : null
  if (found?.standing === 'gone') {
    if (found.redirectTo) {
      res
        .writeHead(308, {
          location: `${english}/ban-tin/${found.redirectTo}`,
          'cache-control': `public, max-age=${maxAge}`,
        })
        .end()
      return true
    }
    overrule(res, { status: 410, headers: { 'cache-control': `public, max-age=${maxAge}`, 'x-robots-tag': 'noindex' } })
    return false
  }
  // Nothing of this name, or an exercise: the page answers 404 by itself.
  if (slug && (!found || found.standing === 'none')) return false
  const mark = found
    ? { changedAt: found.changedAt, key: `${found.revisionId} ${found.standing}` }
    : await publicMark(db)
  const tag = tagOf(build, home, url.pathname, url.search, mark.key, mark.changedAt.getTime())
  const freshness = { tag, changedAt: mark.changedAt, maxAge, isShared }
  if (isUnchanged(req, freshness)) {
    res.writeHead(304, cacheHeaders(freshness)).end()
    return true
  }
  overrule(res, { headers: cacheHeaders(freshness) })
  return false
}
