import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '#server/accounts/auth-options.ts'
import { sessionCookieName, sessionIdOf } from '#server/accounts/session-token.ts'

type Route = { params: Promise<{ nextauth: string[] }> }

/** Sign-in and sign-out. The server around Next has written into the headers where the visitor comes from. */
async function handle(request: NextRequest, route: Route): Promise<Response> {
  const token = request.cookies.get(sessionCookieName())?.value
  const visitor = {
    ip: request.headers.get('x-forwarded-for'),
    userAgent: request.headers.get('user-agent'),
    requestId: request.headers.get('x-request-id'),
    previousSessionId: token ? await sessionIdOf(token) : undefined,
  }
  return NextAuth(request as never, route as never, authOptions(visitor)) as Promise<Response>
}

export { handle as GET, handle as POST }
