import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { orderOf, type Queue } from '../rules/queue.ts'
import { casesOf } from './exported-cases.ts'
import { wholeOrder } from './queue-order.ts'

/** The maximum number of reports in a selection. */
export const mostChosen = 5000

/** The reports of a list by their ids, in its order: fixed at this moment, so that later ones are not among them. */
export async function selectionOf(ctx: Context, queue: Queue) {
  const asOf = ctx.now()
  const { orderBy } = wholeOrder(orderOf(queue))
  const rows = await ctx.db.execute<{ id: number }>(
    sql`select id from reports where ${await casesOf(ctx, queue)} order by ${orderBy} limit ${mostChosen + 1}`,
  )
  const ids = rows.slice(0, mostChosen).map(({ id }) => Number(id))
  return { ids, hasMore: rows.length > mostChosen, asOf }
}
