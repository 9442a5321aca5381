import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Connection } from '#db/client.ts'
import { accounts, agencies, bulkRows, bulkRuns, categories, incidents, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'
import { type BulkAction, isUndoable, type runRowsInput } from '../rules/actions.ts'
import {
  type RowStatus,
  type RunState,
  refusalReasonForUndo,
  rowStatuses,
  undoSeconds,
  unwantedStatuses,
} from '../rules/run.ts'

type Run = typeof bulkRuns.$inferSelect

export type RunView = {
  id: string
  action: BulkAction
  /** The name behind the chosen id: an agency, a person, a category, an incident. */
  target: { name: string; nameEn: string } | null
  state: RunState
  rows: number
  counts: Record<RowStatus, number>
  startedAt: Date
  finishedAt: Date | null
  /** Seconds left in which the whole run can be undone; null where it cannot. */
  undoSeconds: number | null
}

/** One run, only for the user who started it. */
export async function runView(ctx: Context, id: string): Promise<RunView> {
  const run = await ownRunOf(ctx, id)
  const [view] = await viewsOf(ctx, [run])
  return view as RunView
}

const recent = 20

/** The latest runs of the account, including running ones, so that they survive a reload of the page. */
export async function recentRuns(ctx: Context): Promise<RunView[]> {
  const runs = await ctx.db
    .select()
    .from(bulkRuns)
    .where(eq(bulkRuns.startedById, ctx.actor.id ?? sql`null`))
    .orderBy(desc(bulkRuns.startedAt))
    .limit(recent)
  return viewsOf(ctx, runs)
}

export async function ownRunOf({ db, actor }: Context, id: string): Promise<Run> {
  const [run] = await db.select().from(bulkRuns).where(eq(bulkRuns.id, id))
  if (!run || run.startedById !== actor.id) throw new DomainError('not_found', { subject: 'bulk' })
  return run
}

async function viewsOf(ctx: Context, runs: readonly Run[]): Promise<RunView[]> {
  if (runs.length === 0) return []
  const [counted, targets] = await Promise.all([
    ctx.db
      .select({ runId: bulkRows.runId, status: bulkRows.status, rows: sql<number>`count(*)::int` })
      .from(bulkRows)
      .where(
        inArray(
          bulkRows.runId,
          runs.map(({ id }) => id),
        ),
      )
      .groupBy(bulkRows.runId, bulkRows.status),
    Promise.all(runs.map(({ action }) => targetOf(ctx.db, action))),
  ])
  return runs.map((run, i) => {
    const own = counted.filter(({ runId }) => runId === run.id)
    const counts = Object.fromEntries(
      rowStatuses.map((status) => [status, own.find((each) => each.status === status)?.rows ?? 0]),
    ) as Record<RowStatus, number>
    return {
      id: run.id,
      action: run.action,
      target: targets[i] ?? null,
      state: run.state,
      rows: run.rows,
      counts,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      undoSeconds: secondsLeft(run, counts, ctx.now()),
    }
  })
}

function secondsLeft(run: Run, counts: Record<RowStatus, number>, now: Date): number | null {
  const refusalReason = refusalReasonForUndo(
    { ...run, changed: counts.changed, isUndoable: isUndoable(run.action) },
    now,
  )
  if (refusalReason || !run.finishedAt) return null
  return Math.max(0, Math.ceil(undoSeconds - (now.getTime() - run.finishedAt.getTime()) / 1000))
}

async function targetOf(db: Connection, action: BulkAction): Promise<RunView['target']> {
  const named = (rows: readonly { name: string; nameEn?: string }[]) => {
    const [row] = rows
    return row ? { name: row.name, nameEn: row.nameEn || row.name } : null
  }
  switch (action.name) {
    case 'assign':
    case 'transfer':
      return named(await db.select({ name: agencies.name }).from(agencies).where(eq(agencies.id, action.agencyId)))
    case 'assign_person':
      if (action.accountId === null) return null
      return named(await db.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, action.accountId)))
    case 'change_category': {
      const columns = { name: categories.name, nameEn: categories.nameEn }
      return named(await db.select(columns).from(categories).where(eq(categories.code, action.categoryCode)))
    }
    case 'link_incident':
      if (action.incidentId === null) return null
      return named(
        await db
          .select({ name: incidents.name, nameEn: incidents.nameEn })
          .from(incidents)
          .where(eq(incidents.id, action.incidentId)),
      )
    default:
      return null
  }
}

const pageSize = 50

/**
 * The outcome of each report, in the order of the run, page by page. A report that has left the scope meanwhile is
 * shown by its code alone.
 */
export async function runRows(ctx: Context, { id, show, after }: z.output<typeof runRowsInput>) {
  await ownRunOf(ctx, id)
  const rows = await rowsOf(ctx, id, show, after, pageSize + 1)
  return { rows: rows.slice(0, pageSize), next: rows.length > pageSize ? (rows[pageSize - 1]?.position ?? null) : null }
}
export type RunRow = Awaited<ReturnType<typeof runRows>>['rows'][number]

/** All rows without the intended outcome. */
export const unwantedRows = (ctx: Context, id: string): Promise<RunRow[]> => rowsOf(ctx, id, 'unwanted', 0, null)

function rowsOf(ctx: Context, id: string, show: 'all' | 'changed' | 'unwanted', after: number, most: number | null) {
  const statuses: readonly RowStatus[] =
    show === 'unwanted' ? unwantedStatuses : show === 'changed' ? ['changed', 'undone', 'kept'] : rowStatuses
  const query = ctx.db
    .select({
      position: bulkRows.position,
      code: reports.code,
      title: sql<string | null>`case when ${visibleTo(ctx.actor)} then ${reports.title} end`,
      state: bulkRows.state,
      status: bulkRows.status,
      refusal: bulkRows.refusal,
    })
    .from(bulkRows)
    .innerJoin(reports, eq(reports.id, bulkRows.reportId))
    .where(and(eq(bulkRows.runId, id), gt(bulkRows.position, after), inArray(bulkRows.status, [...statuses])))
    .orderBy(asc(bulkRows.position))
    .$dynamic()
  return most === null ? query : query.limit(most)
}
