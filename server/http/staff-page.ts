import type { IncomingMessage, ServerResponse } from 'node:http'
import { TRPCError } from '@trpc/server'
import { sql } from 'drizzle-orm'
import { homeOf } from '#server/accounts/rules/home.ts'
import { mayEnter, roomAt } from '#server/accounts/rules/rooms.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { createCallerFactory } from '#server/procedures/init.ts'
import { appRouter } from '#server/trpc/root.ts'
import { isReading } from '../endpoints/origin.ts'
import { overrule } from '../endpoints/overrule.ts'
import { type Arrival, contextOf } from '../endpoints/request.ts'

const callerOf = createCallerFactory(appRouter)
type Caller = ReturnType<typeof callerOf>

/** Pages of one thing, which must exist and be visible to the account. */
const subjects: readonly { page: RegExp; read: (caller: Caller, id: string) => Promise<unknown> }[] = [
  { page: /^\/reports\/([^/]+)$/, read: ({ reports }, code) => reports.brief(code) },
  { page: /^\/bulletins\/(?!storm\/)([^/]+)$/, read: ({ bulletins }, id) => bulletins.byId(id) },
  {
    page: /^\/(?:incidents|bulletins\/storm|insights\/storm|screen)\/([^/]+)(?:\/after-action)?$/,
    read: ({ incidents }, id) => incidents.byId(id),
  },
  { page: /^\/insights\/issued\/([^/]+)$/, read: ({ insights }, id) => insights.issuedById(id) },
  { page: /^\/admin\/integrations\/webhooks\/([^/]+)$/, read: ({ webhooks }, id) => webhooks.byId(id) },
]

/**
 * Whether a browser requests a document, not a part of a page already shown, and not a resource of a page.
 */
export function isDocument({ method, headers, url }: Pick<IncomingMessage, 'method' | 'headers' | 'url'>): boolean {
  if (!isReading({ method }) || url?.startsWith('/_next/') || url?.startsWith('/api/')) return false
  const destination = headers['sec-fetch-dest']
  return destination ? destination === 'document' : Boolean(headers.accept?.includes('text/html'))
}

/**
 * Next sends the beginning of a page before its outcome is known, so the status is determined here: 403 if the account
 * may not open the page, 404 if there is nothing to show, and the redirect from `/` to the start page, which a page
 * that is already being sent could only do by an error. The sign-in is looked up as the page does anyway; without the
 * database that fails before the page begins. The sign-in page needs the database too, so it is checked for visitors
 * without a sign-in. Returns whether the response is complete.
 */
export async function settleStatus(
  request: IncomingMessage,
  response: ServerResponse,
  arrival: Arrival,
): Promise<boolean> {
  const [path = '/'] = (request.url ?? '/').split('?')
  const context = await contextOf(request, arrival)
  const room = roomAt(path)
  if (!context.session) {
    if (path === '/sign-in') await context.db.execute(sql`select 1`)
    return false
  }
  if (path === '/') {
    response.writeHead(307, { location: homeOf(context.session.actor), 'cache-control': 'no-store' }).end()
    return true
  }
  if (!room) return false
  const status = mayEnter(context.session.actor, room) ? await statusOfSubject(context, path) : 403
  if (status !== 200) overrule(response, { status, instead: 200 })
  return false
}

async function statusOfSubject(context: RequestContext, path: string): Promise<number> {
  for (const { page, read } of subjects) {
    const [, id] = page.exec(path) ?? []
    if (id === undefined) continue
    try {
      if ((await read(callerOf(context), decodeURIComponent(id))) === null) return 404
    } catch (error) {
      // The page meets any other error as well, and reports it.
      if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)) return 404
    }
  }
  return 200
}
