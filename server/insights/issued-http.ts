import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { admit, answerRefusal } from '#server/endpoints/refusal.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { issuedPage } from './queries/issued.ts'
import { issuedPagesPath } from './rules/issued.ts'

/** The page was written by an earlier version of the desk: it may have styles, and nothing else. */
const policy = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`

/** The page of an issued report, exactly as it was kept: `GET /api/insights/issued/…`. */
export async function handleIssuedPages(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
): Promise<boolean> {
  const { pathname } = new URL(req.url ?? '/', 'http://desk')
  if (!pathname.startsWith(issuedPagesPath)) return false
  try {
    const ctx = admit(context, 'insights.read')
    const id = z.uuid().safeParse(pathname.slice(issuedPagesPath.length)).data
    if (!id || (req.method !== 'GET' && req.method !== 'HEAD')) throw new DomainError('not_found')
    const { page, locale } = await issuedPage(ctx, id)
    res.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-language': locale,
      'content-security-policy': policy,
      'x-frame-options': 'SAMEORIGIN',
      'cache-control': 'private, no-store',
    })
    res.end(req.method === 'HEAD' ? undefined : page)
  } catch (error) {
    answerRefusal(res, error, context.requestId)
  }
  return true
}
