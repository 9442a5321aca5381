import type { Database } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { noBoardFilters, type Period } from '../rules/filters.ts'
import { readBoard } from './board.ts'
import { shareMemory } from './memory.ts'

const usual: readonly Period[] = ['30d', '90d', 'year', 'launch']

/**
 * Reads the most requested boards of the whole city, so that the process caches the sums they are made of: the first
 * user who opens one after a start does not wait until years of sums are read. It has a connection of its own; `pages`
 * is the one whose cache it fills.
 */
export async function warmCache(ctx: Context, pages: Database): Promise<void> {
  shareMemory(pages, ctx.db)
  for (const period of usual) await readBoard(ctx, { ...noBoardFilters, period })
}
