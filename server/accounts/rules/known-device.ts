import { z } from 'zod'
import { deviceLimits } from '#server/platform/rules/limits.ts'

/** What a browser keeps of an account that has signed in there in full. */
const knownDevice = z.object({
  accountId: z.string(),
  /** Names this browser to the counter of tries; a new one at each sign-in. */
  id: z.string(),
  /** Of the password that the account had then: with the next one it is a stranger again. */
  credential: z.string(),
  /** Seconds since 1970. */
  at: z.number(),
})
export type KnownDevice = z.infer<typeof knownDevice>

export const knownDevices = z.array(knownDevice)

type Account = { id: string; credential: string }

const isFresh = ({ at }: KnownDevice, now: Date): boolean => now.getTime() / 1000 - at < deviceLimits.rememberedSeconds

/** Under which name the tries of this browser for this account are counted; null where it is a stranger to it. */
export function knownAs(devices: readonly KnownDevice[], account: Account, now: Date): string | null {
  const found = devices.find(({ accountId }) => accountId === account.id)
  return found && found.credential === account.credential && isFresh(found, now) ? found.id : null
}

/** What the browser keeps from now on: colleagues share one, so the latest few stay. */
export function remember(devices: readonly KnownDevice[], latest: KnownDevice, now: Date): KnownDevice[] {
  const others = devices.filter((each) => each.accountId !== latest.accountId && isFresh(each, now))
  return [latest, ...others].slice(0, deviceLimits.accounts)
}
