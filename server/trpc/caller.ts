import { randomUUID } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { ownAddress } from '#server/accounts/rules/own-address.ts'
import { touchSession } from '#server/accounts/session.ts'
import { sessionCookieName } from '#server/accounts/session-token.ts'
import { environment } from '#server/platform/environment.ts'
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

/** Under which origin the reader found the desk: the announced one, else what the server around Next has written into the headers. */
export async function deskOrigin(): Promise<string> {
  const sent = await headers()
  return (
    environment().appUrl?.origin ?? `${sent.get('x-forwarded-proto') ?? 'http'}://${sent.get('host') ?? 'localhost'}`
  )
}

/** The procedures, for pages in front of the desk: what asks for a sign-in is refused. */
export const openCaller = cache(async () => callerOf(await pageContext()))

/**
 * The procedures, for staff pages: `const report = await (await caller()).reports.byCode(code)`. Whoever is not signed in is
 * sent to the sign-in page and from there back; that is a courtesy, the procedures refuse by themselves.
 */
export const caller = cache(async () => {
  const context = await pageContext()
  if (!context.session) redirect(await signInAddress(context.sessionRefusal))
  return callerOf(context)
})

async function signInAddress(refusal: string | undefined): Promise<string> {
  const query = new URLSearchParams()
  const address = ownAddress((await headers()).get('x-address') ?? undefined)
  if (address) query.set('from', address)
  if (refusal && refusal !== 'signed_out') query.set('ended', refusal)
  return query.size > 0 ? `/sign-in?${query}` : '/sign-in'
}
