import { desc } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { clientOf } from '#db/prepared.ts'
import { factChecks } from '#db/schema/index.ts'
import { catchUp, countBehind, veryMany } from '../commands/catch-up.ts'

/** How long a reader waits for the figures to catch up; what is left then is shown to them as a number. */
const longestWaitMillis = 1_000

/**
 * Before figures are read they catch up with the log. Returns by how many changes they are still behind: as a rule by
 * none. After a change of very many reports readers do not wait: they would not get fresh figures in that time, and
 * would wait again with each page until the worker has caught up.
 */
export async function makeFresh(db: Database): Promise<number> {
  const client = clientOf(db)
  const behind = await countBehind(client)
  if (behind === 0 || behind >= veryMany) return behind
  const until = performance.now() + longestWaitMillis
  await catchUp(db, { goesOn: () => performance.now() < until })
  return countBehind(client)
}

/** The last nightly comparison of the figures with the log. */
export async function lastCheck(db: Database): Promise<{ at: Date; failed: number } | null> {
  const [check] = await db
    .select({ at: factChecks.at, failed: factChecks.failed })
    .from(factChecks)
    .orderBy(desc(factChecks.id))
    .limit(1)
  return check ?? null
}
