import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { continueClock, stopClock } from '#server/calendars/rules/deadlines.ts'
import { DomainError } from '#server/platform/errors.ts'
import { visibleTo } from '../queries/scope.ts'
import type { ChangeInput, mergeInput } from '../rules/schemas.ts'
import { type Moved, moveReport } from './move-report.ts'
import { withdrawRequests } from './requests.ts'

/**
 * One matter, several reports: this one follows its canonical report from now on, and its reporter gets that one's
 * answer. A canonical report is never itself a merged one, so a chain cannot come about.
 */
export async function mergeReport(ctx: Context, input: z.output<typeof mergeInput>): Promise<Moved> {
  return moveReport(ctx, 'merge', input, async ({ tx, report, clocks, now }) => {
    if (input.intoReportId === report.id) throw new DomainError('merge_into_itself')
    if (report.mergedCount > 0) throw new DomainError('merge_of_canonical')
    const [canonical] = await tx
      .select({ id: reports.id, code: reports.code, state: reports.state })
      .from(reports)
      .where(and(eq(reports.id, input.intoReportId), visibleTo(ctx.actor)))
      .for('update')
    if (!canonical) throw new DomainError('not_found')
    if (canonical.state === 'merged' || canonical.state === 'rejected') throw new DomainError('merge_target_unfit')
    await tx
      .update(reports)
      .set({ mergedCount: sql`${reports.mergedCount} + 1` })
      .where(eq(reports.id, canonical.id))
    await withdrawRequests(tx, report.id, now)
    clocks.change(clocks.running(), (clock) => stopClock(clock, now))
    return {
      set: { stateBefore: report.state, mergedIntoId: canonical.id },
      details: { intoReportId: canonical.id, intoCode: canonical.code, stateBefore: report.stateBefore },
    }
  })
}

/** Takes a merge back, as if it had never been. */
export async function unmergeReport(ctx: Context, input: ChangeInput): Promise<Moved> {
  return moveReport(ctx, 'unmerge', input, async ({ tx, report, clocks }) => {
    const { merge } = report.facts
    if (!merge || report.mergedIntoId === null) throw new DomainError('invalid_move', { state: report.state })
    await tx
      .update(reports)
      .set({ mergedCount: sql`${reports.mergedCount} - 1` })
      .where(eq(reports.id, report.mergedIntoId))
    clocks.change(clocks.last('resolution') ?? clocks.last('intake'), continueClock)
    return {
      set: { stateBefore: merge.innerBefore, mergedIntoId: null },
      circumstances: { stateBefore: merge.stateBefore },
      details: { fromReportId: report.mergedIntoId },
    }
  })
}
