import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { loginLimits } from '#db/schema/index.ts'
import { signInLimits } from '#server/platform/rules/limits.ts'

const keyOf = (place: string) => `address:${place}`

/** Four failed sign-ins more from this address than are allowed. */
export async function lockNetwork(db: Database, place: string): Promise<void> {
  const expire = Date.now() + 10 * 60_000
  await db.insert(loginLimits).values({ key: keyOf(place), points: signInLimits.address.tries + 4, expire })
}

export const locksOf = (db: Database, place: string): Promise<number> =>
  db.$count(loginLimits, eq(loginLimits.key, keyOf(place)))
