import { and, asc, eq, or } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { holders } from '../coordination.ts'
import { isCommitted, isOpenReport } from '../states.ts'
import { dropSchedule } from './scheduled-answers.ts'

type HandOver = { from: string; to: string }

/**
 * Gives the open reports of an agency that has ended to its successor, and those whose answer names a day, one
 * transaction each. State, deadline and answers stay as they are; the assignee keeps the report if they now work at the
 * successor. A scheduled answer is cancelled, because the successor has not decided on it: its writer is notified.
 * Running it twice changes nothing more.
 */
export async function handOverReports(ctx: Context, { from, to }: HandOver): Promise<number> {
  const which = and(eq(reports.agencyId, from), or(isOpenReport, isCommitted))
  // Found once: no index has the planned ones of an agency, so this reads all that it ever had.
  const found = await ctx.db.select({ id: reports.id }).from(reports).where(which).orderBy(asc(reports.id))
  let done = 0
  for (const { id } of found) {
    await ctx.db.transaction(async (tx) => {
      // Again under the lock: it may have been moved, or finished, since it was found.
      const [report] = await tx
        .select()
        .from(reports)
        .where(and(eq(reports.id, id), which))
        .for('no key update')
      if (!report) return
      await handOver(tx, ctx, report, to)
      done += 1
    })
  }
  return done
}

async function handOver(tx: Transaction, ctx: Context, report: typeof reports.$inferSelect, to: string) {
  const version = report.version + 1
  const writerId = await dropSchedule({ tx, now: ctx.now() }, report.id)
  await tx
    .update(reports)
    .set({
      agencyId: to,
      assigneeId: await whoSitsThere(tx, report.assigneeId, to),
      heldBy: holders(report.heldBy, [to]),
      lastActivityAt: ctx.now(),
      lastActivityBy: 'system',
      version,
    })
    .where(eq(reports.id, report.id))
  await recordEvent(tx, ctx, {
    event: 'report.handed_over',
    subject: { kind: 'report', id: report.id },
    agencyId: report.agencyId,
    from: report.state,
    to: report.state,
    version,
    details: { from: report.agencyId, agencyId: to, ...(writerId && { unscheduled: { accountId: writerId } }) },
  })
}

/** The assignee, if they work at the other agency now; otherwise null. */
export async function whoSitsThere(
  tx: Transaction,
  accountId: string | null,
  agencyId: string,
): Promise<string | null> {
  if (accountId === null) return null
  const [account] = await tx.select({ agencyId: accounts.agencyId }).from(accounts).where(eq(accounts.id, accountId))
  return account?.agencyId === agencyId ? accountId : null
}
