import { randomUUID } from 'node:crypto'
import type { TRPCError } from '@trpc/server'
import { cookies, headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { cache } from 'react'
import { ownAddress } from '#server/accounts/rules/own-address.ts'
import { mayEnter, roomAt } from '#server/accounts/rules/rooms.ts'
import { type LiveSession, touchSession } from '#server/accounts/session.ts'
import { sessionCookieName } from '#server/accounts/session-token.ts'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { logFailure } from '#server/platform/log.ts'
import { digestOf } from '#server/platform/rules/digest.ts'
import { refusalFor } from '#server/platform/rules/failure.ts'
import { type RequestContext, requestContext } from '../procedures/context.ts'
import { createCallerFactory } from '../procedures/init.ts'
import { appRouter } from './root.ts'

const callerOf = createCallerFactory(appRouter)

/** The context of the page being rendered, looked up once per request. Opening a page counts as activity. */
export const pageContext = cache(async (): Promise<RequestContext> => {
  const [jar, sent] = await Promise.all([cookies(), headers()])
  const requestId = sent.get('x-request-id') ?? randomUUID()
  const token = jar.get(sessionCookieName())?.value
  const context = await requestContext({ token, requestId, ip: sent.get('x-forwarded-for') }).catch(
    (error: unknown) => {
      const told = logFailure(refusalFor(error), { err: error, requestId }, 'page failed')
      throw Object.assign(told, { digest: digestOf(told) })
    },
  )
  if (context.session && sent.get('sec-fetch-dest') === 'document') {
    await touchSession(context.db, context.session, context.now())
  }
  return context
})

/**
 * The origin under which the reader reached the desk: the configured one, else what the server around Next has put into
 * the headers.
 */
export async function deskOrigin(): Promise<string> {
  const sent = await headers()
  return (
    environment().appUrl?.origin ?? `${sent.get('x-forwarded-proto') ?? 'http'}://${sent.get('host') ?? 'localhost'}`
  )
}

/** The procedures, for pages before the sign-in: those that require a sign-in are refused. */
export const openCaller = cache(async () => callerOf(await pageContext()))

type SignedIn = RequestContext & { session: LiveSession }

/**
 * The `pageContext` for staff pages: a user who is not signed in is redirected to the sign-in page and from there back.
 */
export const signedIn = cache(async (): Promise<SignedIn> => {
  const context = await pageContext()
  const { session } = context
  if (!session) redirect(await signInAddress(context.sessionRefusal))
  return { ...context, session }
})

/**
 * Called at the top of each staff page: shows the "forbidden" page to users who may not open it. Only a convenience:
 * the procedures check permissions themselves, and their refusal shows the same page.
 */
export const enter = cache(async (): Promise<SignedIn> => {
  const [context, sent] = await Promise.all([signedIn(), headers()])
  const room = roomAt(sent.get('x-address') ?? '')
  if (!room || !mayEnter(context.session.actor, room)) forbidden()
  return context
})

/** The procedures, for staff pages: `const report = await (await caller()).reports.byCode(code)`. */
export const caller = cache(async () =>
  callerOf(await signedIn(), {
    onError: ({ error }) => {
      if (error.code === 'FORBIDDEN') forbidden()
      // The digest is all that the browser receives of the error.
      Object.assign(error, { digest: digestOf(refusedAs(error)) })
    },
  }),
)

function refusedAs({ code, cause }: TRPCError): Pick<DomainError, 'code' | 'details'> {
  if (cause instanceof DomainError) return cause
  return { code: code === 'BAD_REQUEST' ? 'bad_input' : 'defect', details: {} }
}

async function signInAddress(refusal: string | undefined): Promise<string> {
  const query = new URLSearchParams()
  const address = ownAddress((await headers()).get('x-address') ?? undefined)
  if (address) query.set('from', address)
  if (refusal && refusal !== 'signed_out') query.set('ended', refusal)
  return query.size > 0 ? `/sign-in?${query}` : '/sign-in'
}
