import { and, desc, eq, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { runPrepared } from '#db/prepared.ts'
import { events, reportPhotos, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { mayAct, mayMove } from '../rules/policy.ts'
import { type Part, refusalReasonForPart } from '../rules/split.ts'
import { isInAnswer } from './photos.ts'
import { visibleTo } from './scope.ts'

export type PartView = Part & {
  id: string
  /** The account that wrote or attached it; null where the citizen did. */
  by: string | null
  body: string
  width: number
  height: number
}

type Row = Omit<PartView, 'at'> & { at: string | Date }

/** Messages, notes and photos of a report, the oldest first, for those who may act on it. */
export async function partsOf(db: Connection, reportId: number): Promise<PartView[]> {
  const rows = await runPrepared<Row>(
    db,
    sql`
      select x.*, a.name as by from (
        select 'message' as kind, m.kind as message, null as photo, false as "isInAnswer", m.id, m.body,
          0 as width, 0 as height, m.created_at as at, m.author_id
        from report_messages m where m.report_id = ${reportId}::bigint
        union all
        select 'note', null, null, false, n.id, n.body, 0, 0, n.created_at, n.author_id
        from report_notes n where n.report_id = ${reportId}::bigint
        union all
        select 'photo', null, ${reportPhotos.kind}, ${isInAnswer}, ${reportPhotos.fileId}, '', f.width, f.height,
          ${reportPhotos.addedAt}, ${reportPhotos.addedById}
        from ${reportPhotos} join files f on f.id = ${reportPhotos.fileId}
        where ${reportPhotos.reportId} = ${reportId}::bigint
      ) x left join accounts a on a.id = x.author_id order by x.at, x.id`,
  )
  return rows.map((row) => ({ ...row, at: new Date(row.at) }) as PartView)
}

/**
 * The parts from which staff pick when a report is split. For a merged one: what came in on the canonical report since
 * the merge, as far as the actor may act on that one, for it may be about this one. For any other: its own parts.
 */
export async function partsToPick(ctx: Context, reportId: number): Promise<PartView[]> {
  const report = await seen(ctx, reportId)
  const { mergedIntoId } = report
  const may = mergedIntoId ? mayMove(ctx.actor, 'unmerge', report) : mayAct(ctx.actor, 'split_report', report.agencyId)
  if (!may) throw new DomainError('forbidden')
  const from = mergedIntoId ? await seen(ctx, mergedIntoId) : report
  const since = mergedIntoId ? await mergedAt(ctx.db, reportId) : null
  if (!mayAct(ctx.actor, 'split_report', from.agencyId)) return []
  const parts = await partsOf(ctx.db, mergedIntoId ?? reportId)
  return parts.filter((part) => refusalReasonForPart(part, since) === null)
}

async function seen({ db, actor }: Context, reportId: number) {
  const [report] = await db
    .select({ state: reports.state, agencyId: reports.agencyId, mergedIntoId: reports.mergedIntoId })
    .from(reports)
    .where(and(eq(reports.id, reportId), visibleTo(actor)))
  if (!report) throw new DomainError('not_found')
  return report
}

async function mergedAt(db: Connection, reportId: number): Promise<Date | null> {
  const [merge] = await db
    .select({ at: events.at })
    .from(events)
    .where(and(eq(events.reportId, reportId), eq(events.event, 'report.merged')))
    .orderBy(desc(events.id))
    .limit(1)
  return merge?.at ?? null
}
