import { decode } from 'next-auth/jwt'
import { environment } from '#server/platform/environment.ts'

/** What the token says that next-auth keeps in the browser: only which sign-in it is. */
export type TokenClaims = { sub: string; sid: string }

const remembered = 2000
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/**
 * Tokens read before, oldest first. Opening one takes longer than asking the database, and what it says never changes.
 */
const known = new Map<string, string>()

export function isSecure(): boolean {
  return environment().appUrl?.protocol === 'https:'
}

export function sessionCookieName(): string {
  return isSecure() ? '__Secure-next-auth.session-token' : 'next-auth.session-token'
}

/** The id of the sign-in that a token names; undefined where the token is not ours. */
export async function sessionIdOf(token: string): Promise<string | undefined> {
  const before = known.get(token)
  if (before) return before
  const claims = await decode({ token, secret: environment().authSecret }).catch(() => null)
  const id = claims?.sid
  if (typeof id !== 'string' || !uuid.test(id)) return undefined
  if (known.size >= remembered) known.delete(known.keys().next().value as string)
  known.set(token, id)
  return id
}
