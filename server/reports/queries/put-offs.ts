import { type SQL, sql } from 'drizzle-orm'
import { runPrepared } from '#db/prepared.ts'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { type PutOff, putOffOf, wakingEvents } from '../rules/put-off.ts'
import { hidesPutOffs, type Queue } from '../rules/queue.ts'
import { textArray } from './scope.ts'
import { countsNowhere } from './taken-back.ts'

/** What the account has put off, by report. */
export type PutOffs = ReadonlyMap<number, PutOff>

/** As a row of its own, or as part of one, in JSON. */
export type PutOffRow = { reportId: number; until: Date | string; wokenAt: Date | string | null }

/**
 * All of them. A report that the account has changed since is no longer put off. What was
 * taken back counts for neither, and what still can be brings no report back yet.
 */
export async function ownPutOffs({ db, actor, now }: Context): Promise<PutOffs> {
  if (actor.id === null) return new Map()
  const asOf = now()
  const rows = await runPrepared<PutOffRow>(
    db,
    putOffRows({ accountId: sql`${actor.id}`, asOf: sql`${asOf.toISOString()}`, which: sql`true` }),
  )
  return putOffsOf(rows, asOf)
}

export const putOffsOf = (rows: readonly PutOffRow[], asOf: Date): PutOffs =>
  new Map(
    rows.map(({ reportId, until, wokenAt }) => [
      Number(reportId),
      putOffOf({ until: new Date(until), wokenAt: wokenAt === null ? null : new Date(wokenAt) }, asOf),
    ]),
  )

/** The statement behind it. `which`: a condition on `report_put_offs p`. */
export function putOffRows({ accountId, asOf, which }: { accountId: SQL; asOf: SQL; which: SQL }): SQL {
  const event = sql`e`
  // Not a plain equation: the index on what an account has done would be read as well, all of it for each report.
  const isOwn = sql`coalesce(e.actor_id = p.account_id, false)`
  const toldAt = sql`coalesce((e.details #>> '{kept,until}')::timestamptz, e.at)`
  return sql`
    select p.report_id as "reportId", p.until, (
      select min(${toldAt}) from events e where e.report_id = p.report_id and e.at > p.put_off_at
        and e.event = any(${textArray(wakingEvents)}) and ${toldAt} <= ${asOf}::timestamptz
        and not ${countsNowhere(event)}) as "wokenAt"
    from report_put_offs p
    where p.account_id = ${accountId}::uuid and ${which} and not exists (
      select from events e where e.report_id = p.report_id and e.at > p.put_off_at
        and ${isOwn} and e.version is not null and not ${countsNowhere(event)})`
}

const idsWhere = (putOffs: PutOffs, is: (putOff: PutOff) => boolean): number[] =>
  [...putOffs].filter(([, putOff]) => is(putOff)).map(([id]) => id)

const among = (ids: readonly number[]): SQL => sql`${reports.id} = any(${`{${ids.join(',')}}`}::bigint[])`

/** The ids of the reports that are put off now. */
const away = (putOffs: PutOffs): number[] => idsWhere(putOffs, ({ returnedAt }) => returnedAt === null)

export const isAway = (putOffs: PutOffs): SQL => among(away(putOffs))

/** What a view leaves out; nothing where the account has put nothing off, so that the statement stays the same. */
export function putOffCondition(putOffs: PutOffs, queue: Pick<Queue, 'view' | 'words' | 'mark'>): SQL | undefined {
  const ids = hidesPutOffs(queue) ? away(putOffs) : []
  return ids.length === 0 ? undefined : sql`not ${among(ids)}`
}

/** Sorts returned reports first, in a list without a chosen order; undefined where nothing has returned. */
export function returnedFirst(putOffs: PutOffs, queue: Queue): SQL | undefined {
  const ids =
    hidesPutOffs(queue) && queue.sort === null ? idsWhere(putOffs, ({ returnedAt }) => returnedAt !== null) : []
  return ids.length === 0 ? undefined : among(ids)
}
