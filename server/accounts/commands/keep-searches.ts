import { eq, sql } from 'drizzle-orm'
import { accounts } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import { withoutSearch, withSearch } from '../rules/recent-searches.ts'
import type { SearchWords } from '../rules/schemas.ts'

/** Stores a search of the account. Both commands return the resulting list. */
export const rememberSearch = (ctx: Context, { words }: SearchWords): Promise<string[]> =>
  changeSearches(ctx, (recent) => withSearch(recent, words))

export const forgetSearch = (ctx: Context, { words }: SearchWords): Promise<string[]> =>
  changeSearches(ctx, (recent) => withoutSearch(recent, words))

/** Serialised, so that two open pages do not overwrite each other's changes. */
async function changeSearches({ db, actor }: Context, change: (recent: string[]) => string[]): Promise<string[]> {
  const { id } = actor
  if (!id) throw new DomainError('signed_out')
  return db.transaction(async (tx) => {
    const [account] = await tx
      .select({ preferences: accounts.preferences })
      .from(accounts)
      .where(eq(accounts.id, id))
      .for('no key update')
    const recentSearches = change(account?.preferences.recentSearches ?? [])
    await tx
      .update(accounts)
      .set({ preferences: sql`${accounts.preferences} || ${JSON.stringify({ recentSearches })}::jsonb` })
      .where(eq(accounts.id, id))
    return recentSearches
  })
}
