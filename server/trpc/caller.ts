import { randomUUID } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { touchSession } from '#server/accounts/session.ts'
import { sessionCookieName } from '#server/accounts/session-token.ts'
import { type RequestContext, requestContext } from './context.ts'
import { createCallerFactory } from './init.ts'
import { appRouter } from './root.ts'

const callerOf = createCallerFactory(appRouter)

/** The sign-in of the page being rendered, looked up once per request. A person who opens a page is at work. */
export const pageContext = cache(async (): Promise<RequestContext> => {
  const [jar, sent] = await Promise.all([cookies(), headers()])
  const context = await requestContext({
    token: jar.get(sessionCookieName())?.value,
    requestId: sent.get('x-request-id') ?? randomUUID(),
    ip: sent.get('x-forwarded-for'),
  })
  if (context.session && sent.get('sec-fetch-dest') === 'document') {
    await touchSession(context.db, context.session, context.now())
  }
  return context
})

/** The procedures, for server components: `const report = await (await caller()).reports.byCode(code)`. */
export const caller = cache(async () => callerOf(await pageContext()))
