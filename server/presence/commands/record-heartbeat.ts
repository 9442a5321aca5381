import { and, eq, lt, sql } from 'drizzle-orm'
import { runPrepared } from '#db/prepared.ts'
import { presence, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { announce } from '#server/platform/announce.ts'
import { DomainError } from '#server/platform/errors.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'
import { presenceOf } from '../queries/presence-of.ts'
import type { Heartbeat, Presence } from '../rules/presence.ts'
import { presenceTimes } from '../rules/presence-times.ts'

/**
 * Records what a tab has open, and returns who else is there: one request for all reports that it shows. Announces only
 * what looks different to others; a repeated heartbeat only updates a time.
 */
export async function recordHeartbeat(ctx: Context, input: Heartbeat): Promise<Presence[]> {
  const { db, actor, now } = ctx
  if (actor.id === null) throw new DomainError('forbidden')
  const moment = now()
  const silent = new Date(moment.getTime() - presenceTimes.silentMs)
  const [gone, seen] = await Promise.all([
    db.delete(presence).where(lt(presence.seenAt, silent)).returning({ reportId: presence.reportId }),
    input.open ? stay(ctx, input.tabId, input.open, moment) : leave(ctx, actor.id, input.tabId),
  ])
  const news = new Set([...gone.map(({ reportId }) => reportId), ...seen])
  if (news.size > 0) await announce(db, { kind: 'presence', ids: [...news] })
  return input.about.length === 0 ? [] : presenceOf(ctx, input.about, silent)
}

async function leave({ db }: Context, accountId: string, tabId: string): Promise<number[]> {
  const left = await db
    .delete(presence)
    .where(and(eq(presence.accountId, accountId), eq(presence.tabId, tabId)))
    .returning({ reportId: presence.reportId })
  return left.map(({ reportId }) => reportId)
}

type Open = NonNullable<Heartbeat['open']>

/** The reports whose presence changed for others: this one, and the one that was open in the tab before. */
async function stay({ db, actor }: Context, tabId: string, open: Open, moment: Date): Promise<number[]> {
  const { reportId, doing, isUnsaved, isIdle } = open
  const [row] = await runPrepared<{ before: number | null; after: number | null; isSame: boolean | null }>(
    db,
    sql`with before as (
        select * from ${presence} where account_id = ${actor.id}::uuid and tab_id = ${tabId}::uuid),
      after as (
        insert into ${presence} (tab_id, account_id, report_id, doing, is_unsaved, is_idle, seen_at)
        select ${tabId}::uuid, ${actor.id}::uuid, ${reports.id}, ${doing}::text, ${isUnsaved}::boolean, ${isIdle}::boolean,
          ${moment.toISOString()}::timestamptz
        from ${reports} where ${reports.id} = ${reportId}::bigint and ${visibleTo(actor)}
        on conflict (account_id, tab_id) do update set report_id = excluded.report_id, doing = excluded.doing,
          is_unsaved = excluded.is_unsaved, is_idle = excluded.is_idle, seen_at = excluded.seen_at
        returning *)
      select before.report_id::int as before, after.report_id::int as after,
        (before.report_id, before.doing, before.is_unsaved, before.is_idle)
          = (after.report_id, after.doing, after.is_unsaved, after.is_idle) as "isSame"
      from before full join after on true`,
  )
  if (!row || row.isSame) return []
  return [row.before, row.after].filter((id) => id !== null)
}
