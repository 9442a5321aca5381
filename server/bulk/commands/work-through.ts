import { and, asc, eq, notExists, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { bulkRows, bulkRuns } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { announce } from '#server/platform/announce.ts'
import { DomainError } from '#server/platform/errors.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { log } from '#server/platform/log.ts'
import { reportBefore } from '../queries/candidates.ts'
import { inverseOf } from '../rules/undo.ts'
import { perform, takeBack } from './perform.ts'

export type Run = typeof bulkRuns.$inferSelect
type Row = Pick<typeof bulkRows.$inferSelect, 'reportId' | 'position' | 'version' | 'versionAfter' | 'inverse'>
/** The rows still to be done: those that wait to be changed, or those that were changed and are to be undone. */
type Open = 'waiting' | 'changed'
type Settled = Partial<Pick<typeof bulkRows.$inferInsert, 'status' | 'versionAfter' | 'refusal' | 'inverse'>>

/** Rows done before other jobs of the queue get their turn. */
const sliceSize = 100
/** Rows done in parallel: enough to hide the round trips to the database, too few to take it away from the desk. */
const lanes = 2
/** The user who started the run is notified every this many rows: often enough to show progress. */
const progressEveryRows = 20
/**
 * Longer than any single change takes. A report that is locked for longer is recorded as busy, and the run continues.
 */
const longestWait = sql.raw(`set local lock_timeout = '4s'`)

export const runKey = (runId: string): string => `bulk_run:${runId}`

/** One slice of a run in the background; the next slice is queued behind other waiting jobs. */
export async function workOnRun(ctx: Context, runId: string): Promise<void> {
  if (await workThrough(ctx, runId, sliceSize)) await queueJob(ctx.db, 'bulk_run', { runId }, { jobKey: runKey(runId) })
}

/**
 * Does the rows of a run that are still to be done, each in a separate transaction together with its outcome. May run
 * twice, and again after a crash: a row is claimed in the transaction of its change, so each is done once. Returns
 * whether there are more.
 */
export async function workThrough(ctx: Context, runId: string, most: number): Promise<boolean> {
  const [run] = await ctx.db.select().from(bulkRuns).where(eq(bulkRuns.id, runId))
  if (run?.state !== 'running' && run?.state !== 'undoing') return false
  const open: Open = run.state === 'running' ? 'waiting' : 'changed'
  const rows = await ctx.db
    .select({
      reportId: bulkRows.reportId,
      position: bulkRows.position,
      version: bulkRows.version,
      versionAfter: bulkRows.versionAfter,
      inverse: bulkRows.inverse,
    })
    .from(bulkRows)
    .where(and(eq(bulkRows.runId, runId), eq(bulkRows.status, open)))
    .orderBy(asc(bulkRows.position))
    .limit(most)
  const acting = { ...ctx, actor: await starterOf(ctx, run) }
  const left = rows.values()
  const lane = async () => {
    for (const row of left) await doRow(acting, run, row, open)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return !(await finish(ctx, run, open))
}

/** The user who started it, with the roles that they have now. */
async function starterOf({ db, now }: Context, { startedById }: Run): Promise<Actor> {
  const actor = await actorOf(db, startedById, now())
  return actor ?? { kind: 'staff', id: startedById, name: '', grants: [] }
}

async function doRow(ctx: Context, run: Run, row: Row, open: Open): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if (!(await claim(tx, run.id, row.reportId, open))) return
    await tx.execute(longestWait)
    // A command inside opens a savepoint of this transaction: a refused one leaves nothing but its refusal reason.
    const within = { ...ctx, db: tx as unknown as Database }
    const settled = await (open === 'waiting' ? change(within, run, row) : restore(within, row)).catch(
      (error: unknown): Settled => ({ status: open === 'waiting' ? 'failed' : 'kept', refusal: refusalIn(error, run) }),
    )
    await tx
      .update(bulkRows)
      .set({ ...settled, settledAt: ctx.now() })
      .where(and(eq(bulkRows.runId, run.id), eq(bulkRows.reportId, row.reportId)))
    if (row.position % progressEveryRows === 0) await notifyStarter(tx, run)
  })
}

const notifyStarter = (tx: Transaction, { id, startedById }: Run) =>
  announce(tx, { kind: 'job', ids: [id], accountId: startedById })

async function change(ctx: Context, { action }: Run, { reportId, version }: Row): Promise<Settled> {
  // The savepoint includes the first wait for a lock: where that takes too long, the row loses its change, not its
  // refusal.
  return ctx.db.transaction(async (tx) => {
    const before = await reportBefore(tx, reportId)
    const moved = await perform({ ...ctx, db: tx as unknown as Database }, action, before, { reportId, version })
    return { status: 'changed', versionAfter: moved.version, inverse: inverseOf(action, before) }
  })
}

async function restore(ctx: Context, { reportId, inverse, versionAfter }: Row): Promise<Settled> {
  if (!inverse || !versionAfter) throw new DomainError('bulk_not_undoable')
  await takeBack(ctx, inverse, { reportId, version: versionAfter })
  return { status: 'undone' }
}

/** Another process may be working on the row, or may have done it: then there is nothing to claim. */
async function claim(tx: Transaction, runId: string, reportId: number, open: Open): Promise<boolean> {
  const [row] = await tx
    .select({ reportId: bulkRows.reportId })
    .from(bulkRows)
    .where(and(eq(bulkRows.runId, runId), eq(bulkRows.reportId, reportId), eq(bulkRows.status, open)))
    .for('update', { skipLocked: true })
  return row !== undefined
}

/** The PostgreSQL error codes for a lock time-out, a deadlock and a serialization failure. */
const busy: readonly string[] = ['55P03', '40P01', '40001']

/** Why a row could not be done, as a code. Rethrows where the database itself fails: the job is retried. */
function refusalIn(error: unknown, run: Run): string {
  if (error instanceof DomainError) return error.code
  const code = databaseCode(error)
  if (code === null) throw error
  if (busy.includes(code)) return 'bulk_row_busy'
  log.error({ err: error, runId: run.id }, 'a row of a change in bulk failed')
  return 'bulk_row_defect'
}

/** The SQLSTATE by which PostgreSQL refused one statement; null where the connection broke or is being closed. */
function databaseCode(error: unknown): string | null {
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return /^(08|57|58|53)/.test(code) ? null : code
  return cause ? databaseCode(cause) : null
}

/** Ends the run if nothing is left to do. */
async function finish(ctx: Context, run: Run, open: Open): Promise<boolean> {
  const at = ctx.now()
  const left = ctx.db
    .select({ one: sql`1` })
    .from(bulkRows)
    .where(and(eq(bulkRows.runId, run.id), eq(bulkRows.status, open)))
  const ended =
    open === 'waiting' ? ({ state: 'done', finishedAt: at } as const) : ({ state: 'undone', undoneAt: at } as const)
  await ctx.db.transaction(async (tx) => {
    const closed = await tx
      .update(bulkRuns)
      .set(ended)
      .where(and(eq(bulkRuns.id, run.id), eq(bulkRuns.state, run.state), notExists(left)))
      .returning({ id: bulkRuns.id })
    if (closed.length > 0) await notifyStarter(tx, run)
  })
  const [now] = await ctx.db.select({ state: bulkRuns.state }).from(bulkRuns).where(eq(bulkRuns.id, run.id))
  return now?.state !== run.state
}
