import { sql } from 'drizzle-orm'
import { runPrepared } from '#db/prepared.ts'
import type { Context } from '#server/accounts/context.ts'
import { isOpenOnly, type QueueView, queueOf, viewsFor } from '../rules/queue.ts'
import { isOpenReport } from '../states.ts'
import { ownPutOffs } from './put-offs.ts'
import { viewCondition } from './queue-conditions.ts'
import { countCap } from './queue-page.ts'
import { visibleTo } from './scope.ts'

export type ViewCounts = { asOf: Date; counts: Partial<Record<QueueView, number>> }

/**
 * How many reports each view of the account has: one pass over the open reports of its scope. Those of a view of
 * handled reports are counted by an index of their own, up to the number beyond which no list is counted.
 */
export async function viewCounts(ctx: Context): Promise<ViewCounts> {
  const now = ctx.now()
  const asker = { actor: ctx.actor, now, putOffs: await ownPutOffs(ctx) }
  // The list of all reports is no queue: its size does not say what is left to do.
  const views = viewsFor(ctx.actor).filter((view) => view !== 'all')
  if (views.length === 0) return { asOf: now, counts: {} }
  const counts = views.map((view) => {
    const where = viewCondition(view, asker)
    const count = isOpenOnly(queueOf(view))
      ? sql`count(*) filter (where ${where})`
      : sql`(select count(*) from (select 1 from reports
          where ${where} and ${visibleTo(ctx.actor)} limit ${sql.raw(String(countCap + 1))}) counted)`
    return sql`${count}::int as ${sql.identifier(view)}`
  })
  const [row] = await runPrepared<Partial<Record<QueueView, number>>>(
    ctx.db,
    sql`select ${sql.join(counts, sql`, `)} from reports where ${isOpenReport} and ${visibleTo(ctx.actor)}`,
  )
  return { asOf: now, counts: { ...row } }
}
