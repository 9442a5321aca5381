import { sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { undoLimits } from '#server/platform/rules/limits.ts'
import { longestUndoSeconds } from '#server/platform/rules/settings.ts'
import type { ReportState } from '../rules/lifecycle.ts'
import { orderOf, type Queue, type QueueCursor } from '../rules/queue.ts'
import { casesOf } from './exported-cases.ts'
import { ownPutOffs, returnedFirst } from './put-offs.ts'
import { rowOrder } from './queue-order.ts'
import { releasedSince, visibleTo } from './scope.ts'
import { openTimeOf, workingTimes } from './working-times.ts'

/** A tab that slept for a day is told to reload, instead of getting every change of the day. */
const mostEvents = 2000

/** A report comes to an agency this long after the decision at most: the longest time to take it back. */
const longestHoldSeconds = longestUndoSeconds + undoLimits.graceSeconds

export type QueueChange = {
  id: number
  code: string
  version: number
  state: ReportState
  agencyName: string | null
  /** Received since: it was in no list before. */
  isNew: boolean
  /** Whether it is in the requested list; a report that is not has left it, or never was in it. */
  inView: boolean
  /** It sorts below the loaded part, and most likely did so before. */
  isFurtherDown: boolean
  event: string
  at: Date
  by: string | null
  byMe: boolean
}

/** What happened to the reports the account may see since an instant: the screen knows which of them it shows. */
export async function queueChanges(
  ctx: Context,
  { queue, since, end = null }: { queue: Queue; since: Date; end?: QueueCursor | null | undefined },
) {
  const now = ctx.now()
  const { sort, dir } = orderOf(queue)
  const putOffs = await ownPutOffs({ ...ctx, now: () => now })
  const returned = [...putOffs]
    .filter(([, { returnedAt }]) => returnedAt !== null && returnedAt > since)
    .map(([id]) => id)
  // Only the search itself knows how well a report matches.
  const below =
    sort === 'match'
      ? sql`${end !== null}`
      : (rowOrder({ sort, dir }, returnedFirst(putOffs, queue)).after(end) ?? sql`false`)
  const inList = await casesOf({ ...ctx, now: () => now }, queue, { ofFew: true })
  const [rows, times] = await Promise.all([
    ctx.db.execute<QueueChange & { last: boolean }>(sql`
      with recent as materialized (
        select id, report_id, event, at, actor_id from events
        where at > ${since.toISOString()}::timestamptz - interval '1 second' * ${longestHoldSeconds}
          and report_id is not null
          and (version is not null or event = 'report.received')
        order by at desc, id desc limit ${sql.raw(String(mostEvents + 1))}),
      changed as (
        (select distinct on (report_id) * from recent order by report_id, id desc)
        union all (
          select distinct on (report_id) id, report_id, event, at, null::uuid as actor_id from events
          where report_id = any(${`{${returned.join(',')}}`}::bigint[])
            and report_id not in (select report_id from recent) order by report_id, id desc))
      select ${reports.id}, ${reports.code}, ${reports.version}, ${reports.state},
        (select short_name from agencies where agencies.id = ${reports.agencyId}) as "agencyName",
        exists (select 1 from recent r where r.report_id = ${reports.id} and r.event = 'report.received'
            and r.at > ${since.toISOString()}::timestamptz)
          or ${reports.id} = any(${`{${returned.join(',')}}`}::bigint[]) as "isNew",
        (${inList}) as "inView", (${below}) as "isFurtherDown",
        changed.event, changed.at, (select name from accounts where accounts.id = changed.actor_id) as by,
        coalesce(changed.actor_id = ${ctx.actor.id}::uuid, false) as "byMe",
        (select count(*) from recent) > ${sql.raw(String(mostEvents))} as last
      from changed join reports on ${reports.id} = changed.report_id
      where ${visibleTo(ctx.actor)}
        and (changed.at > ${since.toISOString()}::timestamptz or ${releasedSince(ctx.actor, since)}
          or ${reports.id} = any(${`{${returned.join(',')}}`}::bigint[]))`),
    workingTimes(ctx),
  ])
  return {
    asOf: now,
    /** Too many changes to list them all. */
    tooMany: rows.some(({ last }) => last),
    changes: rows.map(({ last, ...change }): QueueChange => change),
    openTime: openTimeOf(times, now),
  }
}
