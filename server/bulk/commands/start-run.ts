import { eq, sql } from 'drizzle-orm'
import { bulkRows, bulkRuns } from '#db/schema/index.ts'
import { assertConfirmed } from '#server/accounts/commands/confirm-identity.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { cancelJob, queueJob } from '#server/platform/jobs.ts'
import { stepUpLimits } from '#server/platform/rules/limits.ts'
import { type Judged, judgeReports } from '../queries/candidates.ts'
import { type RunView, runView } from '../queries/runs.ts'
import type { BulkAction, StartRun } from '../rules/actions.ts'
import { mostAtOnce, mostUnreadAnswers, runsInBackground } from '../rules/run.ts'
import { runKey, workThrough } from './work-through.ts'

const rowsAtOnce = 500
/** If the process dies during a short run, the workers take the run over after this time, in milliseconds. */
const leftBehind = 30_000

/**
 * Fixes which reports are changed, in which version, and the refusal reason of each other one. Small runs are executed
 * at once, larger ones by a job. Idempotent: sent twice under one id, it starts one run.
 */
export async function startRun(ctx: Context, sessionId: string, input: StartRun): Promise<RunView> {
  const startedById = ctx.actor.id
  if (startedById === null) throw new DomainError('forbidden')
  if (await isKnown(ctx, input.id)) return runView(ctx, input.id)
  if (input.reportIds.length > stepUpLimits.rows) await assertConfirmed(ctx, sessionId)
  const judged = await judgeReports(ctx, input.reportIds, input.action)
  // If the request was sent twice, the other one may have started the run since and changed the reports that were
  // judged.
  if (await isKnown(ctx, input.id)) return runView(ctx, input.id)
  const meant = judged.filter(({ refusalReason }) => refusalReason === null)
  assertMeant(input, meant)
  const isInBackground = runsInBackground(meant.length)
  const isOurs = await ctx.db.transaction(async (tx) => {
    const at = ctx.now()
    // The same request sent twice at the same time: the second waits, and finds the run.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${runKey(input.id)}))`)
    if (await isKnown({ ...ctx, db: tx as unknown as Context['db'] }, input.id)) return false
    await tx
      .insert(bulkRuns)
      .values({ id: input.id, action: input.action, state: 'running', rows: judged.length, startedById, startedAt: at })
    const rows = judged.map((each, index) => rowOf(each, { runId: input.id, position: index + 1, at }))
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      await tx.insert(bulkRows).values(rows.slice(from, from + rowsAtOnce))
    }
    await recordEvent(tx, ctx, {
      event: 'bulk.started',
      subject: { kind: 'bulk', id: input.id },
      details: { deed: input.action.name, rows: judged.length, meant: meant.length },
    })
    const runAt = isInBackground ? {} : { runAt: new Date(at.getTime() + leftBehind) }
    await queueJob(tx, 'bulk_run', { runId: input.id }, { jobKey: runKey(input.id), ...runAt })
    return true
  })
  if (isOurs && !isInBackground) {
    // Rows that another process holds at this moment are left to the job, in case that process dies.
    const hasMore = await workThrough(ctx, input.id, mostAtOnce)
    if (!hasMore) await cancelJob(ctx.db, runKey(input.id))
  }
  return runView(ctx, input.id)
}

async function isKnown({ db }: Context, id: string): Promise<boolean> {
  const known = await db.select({ id: bulkRuns.id }).from(bulkRuns).where(eq(bulkRuns.id, id))
  return known.length > 0
}

/** What the user saw before confirming must still hold. */
function assertMeant({ action, expected }: StartRun, meant: readonly Judged[]): void {
  if (meant.length === 0) throw new DomainError('bulk_nothing')
  if (meant.length !== expected) throw new DomainError('bulk_changed', { rows: meant.length })
  if (unreadAnswers(action, meant) > mostUnreadAnswers)
    throw new DomainError('bulk_unread_answers', { most: mostUnreadAnswers })
}

/**
 * The answers that would be sent without anyone but their author having read them. The answer of a rejection counts
 * too.
 */
export function unreadAnswers(action: BulkAction, meant: readonly Judged[]): number {
  if (action.name === 'reject') return action.answer === '' ? 0 : meant.length
  return action.name === 'answer' ? meant.filter(({ report }) => !report.needsApproval).length : 0
}

function rowOf(
  { report, refusalReason }: Judged,
  { runId, position, at }: { runId: string; position: number; at: Date },
) {
  const { id: reportId, version, state } = report
  const settled =
    refusalReason === null ? { status: 'waiting' as const } : { status: 'skipped' as const, settledAt: at }
  return { runId, reportId, position, version, state, refusal: refusalReason, ...settled }
}
