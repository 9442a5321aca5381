import { encode } from 'next-auth/jwt'
import type { Database } from '#db/client.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { type LiveSession, sessionOf } from '#server/accounts/session.ts'
import { sessionCookieName } from '#server/accounts/session-token.ts'

type SignedIn = { accountId: string; cookie: { name: string; value: string } }

/** A new sign-in of this account, and its cookie. */
export async function signIn(db: Database, username: string): Promise<SignedIn> {
  const { id, accountId } = await buildSession(db, username)
  const token = await encode({ token: { sub: accountId, sid: id }, secret: process.env.AUTH_SECRET ?? '' })
  return { accountId, cookie: { name: sessionCookieName(), value: token } }
}

/** The sign-in to which these cookies belong. */
export async function sessionOfBrowser(_: Database, cookies: string): Promise<LiveSession | null> {
  const name = `${sessionCookieName()}=`
  const token = cookies
    .split('; ')
    .find((pair) => pair.startsWith(name))
    ?.slice(name.length)
  return (await sessionOf(token)).session
}
