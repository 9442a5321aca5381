import { sql } from 'drizzle-orm'
import { runPrepared } from '#db/prepared.ts'
import type { Context } from '#server/accounts/context.ts'
import { type QueueView, viewsFor } from '../rules/queue.ts'
import { isOpenReport } from '../states.ts'
import { ownPutOffs } from './put-offs.ts'
import { viewCondition } from './queue-conditions.ts'
import { visibleTo } from './scope.ts'

export type ViewCounts = { asOf: Date; counts: Partial<Record<QueueView, number>> }

/** How many reports each view of the account has: one pass over the open reports of its scope. */
export async function viewCounts(ctx: Context): Promise<ViewCounts> {
  const now = ctx.now()
  const asker = { actor: ctx.actor, now, putOffs: await ownPutOffs(ctx) }
  // The list of all reports is no queue: its size does not say what is left to do.
  const views = viewsFor(ctx.actor).filter((view) => view !== 'all')
  if (views.length === 0) return { asOf: now, counts: {} }
  const counts = views.map(
    (view) => sql`count(*) filter (where ${viewCondition(view, asker)})::int as ${sql.identifier(view)}`,
  )
  const [row] = await runPrepared<Partial<Record<QueueView, number>>>(
    ctx.db,
    sql`select ${sql.join(counts, sql`, `)} from reports where ${isOpenReport} and ${visibleTo(ctx.actor)}`,
  )
  return { asOf: now, counts: { ...row } }
}
