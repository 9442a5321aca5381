import { sql } from 'drizzle-orm'
import { writtenOnce } from '#db/built-once.ts'
import type { Context } from '#server/accounts/context.ts'
import { rowsBelow } from '#server/agencies/queries.ts'
import type { Queue } from '../rules/queue.ts'
import { type PutOffRow, type PutOffs, putOffRows, putOffsOf } from './put-offs.ts'
import { arrayText } from './scope.ts'

/** A context in which the agencies of the filter and those below them are known. */
export type Knowing = Context & { agenciesInFilter?: readonly string[] }

const read = writtenOnce<{ putOffs: PutOffRow[]; agencies: string[] }>(
  () => sql`
    select (select coalesce(json_agg(x), '[]') from (${putOffRows({
      accountId: sql`${sql.placeholder('accountId')}`,
      asOf: sql`${sql.placeholder('asOf')}`,
      which: sql`true`,
    })}) x) as "putOffs", array(${rowsBelow(sql`${sql.placeholder('agencyIds')}::text[]`)}) as agencies`,
)

/** What the conditions of a page depend on, in one round trip. */
export async function lookedUp(ctx: Context, queue: Queue): Promise<{ ctx: Knowing; putOffs: PutOffs }> {
  const now = ctx.now()
  const values = { accountId: ctx.actor.id, asOf: now.toISOString(), agencyIds: arrayText(queue.agencies) }
  const [row] = await read(ctx.db, values)
  return {
    ctx: { ...ctx, now: () => now, agenciesInFilter: row?.agencies ?? [] },
    putOffs: putOffsOf(row?.putOffs ?? [], now),
  }
}
