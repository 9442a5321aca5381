import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '#server/accounts/auth-options.ts'
import { deviceCookieFor, visitorIn } from '#server/accounts/http.ts'

type Route = { params: Promise<{ nextauth: string[] }> }

/** Sign-in and sign-out. */
async function handle(request: NextRequest, route: Route): Promise<Response> {
  const visitor = await visitorIn(request)
  let signedIn: string | undefined
  const options = authOptions(visitor, (accountId) => {
    signedIn = accountId
  })
  const response = (await NextAuth(request as never, route as never, options)) as Response
  if (signedIn) response.headers.append('set-cookie', await deviceCookieFor(signedIn, visitor))
  return response
}

export { handle as GET, handle as POST }
