import { db } from '#db/client.ts'
import { now } from '#server/platform/clock.ts'
import type { Visitor } from './commands/sign-in.ts'
import { deviceCookieName, rememberDevice } from './known-device.ts'
import { sessionCookieName, sessionIdOf } from './session-token.ts'

type Arriving = { headers: Headers; cookies: { get(name: string): { value: string } | undefined } }

/** The visitor who signs in or out. The server around Next has put their address into the headers. */
export async function visitorIn({ headers, cookies }: Arriving): Promise<Visitor> {
  const token = cookies.get(sessionCookieName())?.value
  return {
    ip: headers.get('x-forwarded-for'),
    userAgent: headers.get('user-agent'),
    requestId: headers.get('x-request-id'),
    previousSessionId: token ? await sessionIdOf(token) : undefined,
    device: cookies.get(deviceCookieName())?.value,
  }
}

/** The `Set-Cookie` that makes the browser of a complete sign-in a known device of its account. */
export const deviceCookieFor = (accountId: string, { device }: Visitor): Promise<string> =>
  rememberDevice({ db, now }, accountId, device)
