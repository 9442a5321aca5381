import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { db } from '#db/client.ts'
import { authOptions } from '#server/accounts/auth-options.ts'
import { deviceCookieName, rememberDevice } from '#server/accounts/known-device.ts'
import { sessionCookieName, sessionIdOf } from '#server/accounts/session-token.ts'
import { now } from '#server/platform/clock.ts'

type Route = { params: Promise<{ nextauth: string[] }> }

/** Sign-in and sign-out. The server around Next has written into the headers where the visitor comes from. */
async function handle(request: NextRequest, route: Route): Promise<Response> {
  const token = request.cookies.get(sessionCookieName())?.value
  const device = request.cookies.get(deviceCookieName())?.value
  const visitor = {
    ip: request.headers.get('x-forwarded-for'),
    userAgent: request.headers.get('user-agent'),
    requestId: request.headers.get('x-request-id'),
    previousSessionId: token ? await sessionIdOf(token) : undefined,
    device,
  }
  let signedIn: string | undefined
  const options = authOptions(visitor, (accountId) => {
    signedIn = accountId
  })
  const response = (await NextAuth(request as never, route as never, options)) as Response
  if (signedIn) response.headers.append('set-cookie', await rememberDevice({ db, now }, signedIn, device))
  return response
}

export { handle as GET, handle as POST }
