import { eq, sql } from 'drizzle-orm'
import { accounts } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import type { SetPreferences } from '../rules/schemas.ts'

/**
 * Stores a user's preferences; columns are stored view by view, so that two open pages do not overwrite each other.
 * Not recorded in the event log, because it does not concern the city's work.
 */
export async function setPreferences(
  { db, actor }: Context,
  { columns = {}, ...plain }: SetPreferences,
): Promise<null> {
  if (!actor.id) throw new DomainError('signed_out')
  const present = accounts.preferences
  const views = sql`coalesce(${present} -> 'columns', '{}') || ${JSON.stringify(columns)}::jsonb`
  await db
    .update(accounts)
    .set({
      preferences: sql`${present} || ${JSON.stringify(plain)}::jsonb || jsonb_build_object('columns', ${views})`,
    })
    .where(eq(accounts.id, actor.id))
  return null
}
