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

/** Pages of one thing: what they show must exist, for whoever asks. */
const subjects: readonly { page: RegExp; read: (caller: Caller, id: string) => Promise<unknown> }[] = [
  { page: /^\/reports\/([^/]+)$/, read: ({ reports }, code) => reports.brief(code) },
  { page: /^\/bulletins\/(?!storm\/)([^/]+)$/, read: ({ bulletins }, id) => bulletins.byId(id) },
  {
    page: /^\/(?:incidents|bulletins\/storm|insights\/storm|screen)\/([^/]+)(?:\/after-action)?$/,
    read: ({ incidents }, id) => incidents.byId(id),
  },
]

/**
 * Whether a browser asks for a page to show, not for a part of one that is shown already, and not for what the page
 * itself needs.
 */
export function isDocument({ method, headers, url }: Pick<IncomingMessage, 'method' | 'headers' | 'url'>): boolean {
  if (!isReading({ method }) || url?.startsWith('/_next/') || url?.startsWith('/api/')) return false
  const destination = headers['sec-fetch-dest']
  return destination ? destination === 'document' : Boolean(headers.accept?.includes('text/html'))
}

/**
 * The skeleton of a page leaves before it is known how the page ends, so the status is settled here: 403 where the
 * account may not enter, 404 where there is nothing to show, and the way home from `/`, of which a page that is drawn
 * already can only tell by an error. The sign-in is looked up as the page is about to do anyway; without the database
 * that fails, and nothing is begun. Who has none to look up is asked for one by the sign-in page, which cannot take it
 * without the database either. Says whether that was the whole answer.
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
      // What else goes wrong the page meets as well, and says so.
      if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)) return 404
    }
  }
  return 200
}
