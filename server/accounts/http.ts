import { db } from '#db/client.ts'
import { now } from '#server/platform/clock.ts'
import type { Visitor } from './commands/sign-in.ts'
import { deviceCookieName, rememberDevice } from './known-device.ts'
import { sessionCookieName, sessionIdOf } from './session-token.ts'

type Arriving = { headers: Headers; cookies: { get(name: string): { value: string } | undefined } }

/** Who asks to sign in or out. The server around Next has written into the headers where they come from. */
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

/** The `Set-Cookie` by which the browser of a full sign-in is known to its account from now on. */
export const deviceCookieFor = (accountId: string, { device }: Visitor): Promise<string> =>
  rememberDevice({ db, now }, accountId, device)
