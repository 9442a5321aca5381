import { createHash, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { decode, encode } from 'next-auth/jwt'
import type { Database } from '#db/client.ts'
import { accounts } from '#db/schema/index.ts'
import { environment } from '#server/platform/environment.ts'
import { deviceLimits } from '#server/platform/rules/limits.ts'
import { type KnownDevice, knownAs, knownDevices, remember } from './rules/known-device.ts'
import { isSecure } from './session-token.ts'

/** A separate key, so that a token of a sign-in cannot be used as one of a device, or vice versa. */
const salt = 'known-device'

export const deviceCookieName = (): string => (isSecure() ? '__Secure-desk-device' : 'desk-device')

const credentialOf = (passwordHash: string | null): string =>
  createHash('sha256')
    .update(passwordHash ?? '')
    .digest('base64url')

/**
 * The key under which the attempts of this browser for this account are counted; null for an unknown browser and for a
 * cookie that is not ours.
 */
export async function knownDeviceOf(
  cookie: string | undefined,
  account: { id: string; passwordHash: string | null } | undefined,
  now: Date,
): Promise<string | null> {
  const devices = await devicesIn(cookie)
  return account ? knownAs(devices, { id: account.id, credential: credentialOf(account.passwordHash) }, now) : null
}

/**
 * The `Set-Cookie` that makes this browser a known device of the account. Only for a complete sign-in, with no second
 * factor outstanding. `cookie`: what the browser sent as `deviceCookieName()`.
 */
export async function rememberDevice(
  { db, now }: { db: Database; now: () => Date },
  accountId: string,
  cookie: string | undefined,
): Promise<string> {
  const [account] = await db
    .select({ passwordHash: accounts.passwordHash })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  const at = now()
  const credential = credentialOf(account?.passwordHash ?? null)
  const latest = { accountId, id: randomUUID(), credential, at: Math.floor(at.getTime() / 1000) }
  const token = { devices: remember(await devicesIn(cookie), latest, at) }
  const maxAge = deviceLimits.rememberedSeconds
  const value = await encode({ token, secret: environment().authSecret, salt, maxAge })
  const attributes = ['Path=/api', `Max-Age=${maxAge}`, 'HttpOnly', 'SameSite=Lax', ...(isSecure() ? ['Secure'] : [])]
  return [`${deviceCookieName()}=${value}`, ...attributes].join('; ')
}

async function devicesIn(cookie: string | undefined): Promise<KnownDevice[]> {
  if (!cookie) return []
  const token = await decode({ token: cookie, secret: environment().authSecret, salt }).catch(() => null)
  return knownDevices.safeParse(token?.devices).data ?? []
}
