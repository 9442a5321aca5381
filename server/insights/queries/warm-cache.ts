import type { Context } from '#server/accounts/context.ts'
import { noBoardFilters, type Period } from '../rules/filters.ts'
import { readBoard } from './board.ts'

const usual: readonly Period[] = ['30d', '90d', 'year', 'launch']

/**
 * Reads the boards of the whole city that are asked for most. The process keeps the sums they are made of: whoever
 * opens the first of them after a start does not wait for the reading of years.
 */
export async function warmCache(ctx: Context): Promise<void> {
  for (const period of usual) await readBoard(ctx, { ...noBoardFilters, period })
}
