import { and, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { rowsOf, type Under } from './frames.ts'
import { rules } from './predicates.ts'
import { run } from './run.ts'

/** How many of the promises that fell due had been extended: few, and an index holds them alone. */
export async function extensionsOf(db: Database, under: Under): Promise<number> {
  const { from, where } = rowsOf('due', under)
  const extended = and(where, rules.promises_extended.where?.(under))
  const [row] = await run<{ count: number }>(db, sql`select count(*)::int as count from ${from} where ${extended}`)
  return row?.count ?? 0
}
