import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { bulkRows, bulkRuns } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'
import { cancelJob, queueJob } from '#server/platform/jobs.ts'
import { type RunView, runView } from '../queries/runs.ts'
import { isUndoable } from '../rules/actions.ts'
import { mostAtOnce, refusalReasonForUndo, runsInBackground } from '../rules/run.ts'
import { type Run, runKey, workThrough } from './work-through.ts'

/** Stops changing further reports; those that were changed stay changed. */
export async function cancelRun(ctx: Context, id: string): Promise<RunView> {
  await ctx.db.transaction(async (tx) => {
    const run = await ownRun(tx, ctx, id)
    if (run.state !== 'running') throw new DomainError('bulk_wrong_state')
    const at = ctx.now()
    await tx
      .update(bulkRows)
      .set({ status: 'cancelled', settledAt: at })
      .where(and(eq(bulkRows.runId, id), eq(bulkRows.status, 'waiting')))
    await tx.update(bulkRuns).set({ state: 'cancelled', finishedAt: at }).where(eq(bulkRuns.id, id))
    await cancelJob(tx, runKey(id))
    await record(tx, ctx, 'bulk.cancelled', run)
  })
  return runView(ctx, id)
}

/** Undoes the whole run, report by report; what a colleague has changed meanwhile stays and is named. */
export async function undoRun(ctx: Context, id: string): Promise<RunView> {
  const changed = await ctx.db.transaction(async (tx) => {
    const run = await ownRun(tx, ctx, id)
    const count = await tx.$count(bulkRows, and(eq(bulkRows.runId, id), eq(bulkRows.status, 'changed')))
    const refusalReason = refusalReasonForUndo(
      { ...run, changed: count, isUndoable: isUndoable(run.action) },
      ctx.now(),
    )
    if (refusalReason) throw new DomainError(refusalReason)
    await tx.update(bulkRuns).set({ state: 'undoing' }).where(eq(bulkRuns.id, id))
    await record(tx, ctx, 'bulk.undone', run)
    await queueJob(tx, 'bulk_run', { runId: id }, { jobKey: runKey(id) })
    return count
  })
  if (!runsInBackground(changed)) await workThrough(ctx, id, mostAtOnce)
  return runView(ctx, id)
}

async function ownRun(tx: Transaction, { actor }: Context, id: string): Promise<Run> {
  const [run] = await tx.select().from(bulkRuns).where(eq(bulkRuns.id, id)).for('update')
  if (!run || run.startedById !== actor.id) throw new DomainError('not_found', { subject: 'bulk' })
  return run
}

async function record(tx: Transaction, ctx: Context, event: EventName, run: Run): Promise<void> {
  await recordEvent(tx, ctx, {
    event,
    subject: { kind: 'bulk', id: run.id },
    details: { deed: run.action.name, rows: run.rows },
  })
}
