import { z } from 'zod'
import { deviceLimits } from '#server/platform/rules/limits.ts'

/** What a browser stores of an account that has completely signed in there. */
const knownDevice = z.object({
  accountId: z.string(),
  /** Identifies this browser for the counter of attempts; a new one at each sign-in. */
  id: z.string(),
  /** Derived from the account's password at that time: after a new password the device is unknown again. */
  credential: z.string(),
  /** Seconds since 1970. */
  at: z.number(),
})
export type KnownDevice = z.infer<typeof knownDevice>

export const knownDevices = z.array(knownDevice)

type Account = { id: string; credential: string }

const isFresh = ({ at }: KnownDevice, now: Date): boolean => now.getTime() / 1000 - at < deviceLimits.rememberedSeconds

/** The key under which the attempts of this browser for this account are counted; null if it is not known. */
export function knownAs(devices: readonly KnownDevice[], account: Account, now: Date): string | null {
  const found = devices.find(({ accountId }) => accountId === account.id)
  return found && found.credential === account.credential && isFresh(found, now) ? found.id : null
}

/** What the browser stores from now on: colleagues share a browser, so the latest few accounts are kept. */
export function remember(devices: readonly KnownDevice[], latest: KnownDevice, now: Date): KnownDevice[] {
  const others = devices.filter((each) => each.accountId !== latest.accountId && isFresh(each, now))
  return [latest, ...others].slice(0, deviceLimits.accounts)
}
