import { decode } from 'next-auth/jwt'
import { environment } from '#server/platform/environment.ts'

/** The claims of the token that next-auth stores in the browser: only the id of the sign-in. */
export type TokenClaims = { sub: string; sid: string }

const remembered = 2000
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/**
 * Cache of decrypted tokens, oldest first. Decrypting one takes longer than a database query, and its content never
 * changes.
 */
const known = new Map<string, string>()

export function isSecure(): boolean {
  return environment().appUrl?.protocol === 'https:'
}

export function sessionCookieName(): string {
  return isSecure() ? '__Secure-next-auth.session-token' : 'next-auth.session-token'
}

/** The id of the sign-in that a token names; undefined if the token is not ours. */
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
