import { and, asc, eq, gt, ne } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { accounts, bulletinReaders } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import type { Person } from './list.ts'

/** A page without a heartbeat for this long is closed, or its connection is down. */
const readerSeconds = 30

export type Reader = Person & { isWriting: boolean }

/**
 * Records that the actor has the bulletin open, and returns who else has. A query, not a change: it writes no event,
 * and does not keep a sign-in alive whose holder has left the machine.
 */
export async function readersOf(
  { db, actor, now }: { db: Connection; actor: Actor; now: () => Date },
  { id: bulletinId, isWriting }: { id: string; isWriting: boolean },
): Promise<Reader[]> {
  const accountId = actor.id
  if (!accountId) return []
  const seenAt = now()
  await db
    .insert(bulletinReaders)
    .values({ bulletinId, accountId, isWriting, seenAt })
    .onConflictDoUpdate({
      target: [bulletinReaders.bulletinId, bulletinReaders.accountId],
      set: { isWriting, seenAt },
    })
  return db
    .select({ id: accounts.id, name: accounts.name, isWriting: bulletinReaders.isWriting })
    .from(bulletinReaders)
    .innerJoin(accounts, eq(accounts.id, bulletinReaders.accountId))
    .where(
      and(
        eq(bulletinReaders.bulletinId, bulletinId),
        ne(bulletinReaders.accountId, accountId),
        gt(bulletinReaders.seenAt, new Date(seenAt.getTime() - readerSeconds * 1000)),
      ),
    )
    .orderBy(asc(accounts.name))
}
