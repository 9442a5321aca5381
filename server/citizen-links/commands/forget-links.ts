import { lt } from 'drizzle-orm'
import { citizenLinks } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'

/** Deletes expired links and returns their number. */
export async function forgetExpiredLinks({ db, now }: Pick<Context, 'db' | 'now'>): Promise<number> {
  const gone = await db.delete(citizenLinks).where(lt(citizenLinks.expiresAt, now())).returning({ id: citizenLinks.id })
  return gone.length
}
