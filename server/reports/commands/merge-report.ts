import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { stopClock } from '#server/calendars/rules/deadlines.ts'
import { DomainError } from '#server/platform/errors.ts'
import { actMade } from '../queries/act-made.ts'
import { visibleTo } from '../queries/scope.ts'
import { activityBefore } from '../rules/kept.ts'
import type { ChangeInput, mergeInput } from '../rules/schemas.ts'
import type { Parts } from '../rules/split.ts'
import { comeBack } from './come-back.ts'
import { bringPartsBack, takePartsAlong } from './move-parts.ts'
import { type Desk, type Moved, moveReport, type Outcome } from './move-report.ts'
import { queuePassingOn } from './pass-on.ts'
import { runOn } from './promises.ts'
import { withdrawRequests } from './requests.ts'

/**
 * One matter, several reports: from now on this one follows its canonical report, and its reporter gets that report's
 * answer. A canonical report is never itself merged, so there are no chains.
 */
export async function mergeReport(ctx: Context, input: z.output<typeof mergeInput>): Promise<Moved> {
  const work = async (desk: Desk): Promise<Outcome> => {
    const { tx, report, clocks, now } = desk
    if (input.intoReportId === report.id) throw new DomainError('merge_into_itself')
    if (report.mergedCount + report.linkedCount > 0) throw new DomainError('merge_of_canonical')
    const [canonical] = await tx
      .select({ id: reports.id, code: reports.code, state: reports.state, agencyId: reports.agencyId })
      .from(reports)
      .where(and(eq(reports.id, input.intoReportId), visibleTo(ctx.actor)))
    if (!canonical) throw new DomainError('not_found')
    if (canonical.state === 'merged' || canonical.state === 'rejected') throw new DomainError('merge_target_unfit')
    await tx
      .update(reports)
      .set({ mergedCount: sql`${reports.mergedCount} + 1` })
      .where(eq(reports.id, canonical.id))
    const requestIds = await withdrawRequests(tx, report.id, now)
    clocks.change(clocks.running(), (clock) => stopClock(clock, now))
    const brought = await bringPartsBack(desk, canonical)
    await queuePassingOn(desk, canonical.id)
    return {
      set: { stateBefore: report.state, mergedIntoId: canonical.id },
      details: {
        intoReportId: canonical.id,
        intoCode: canonical.code,
        stateBefore: report.stateBefore,
        ...brought?.details,
      },
      kept: { ...(requestIds.length > 0 && { requestIds }), ...(brought && { parts: brought.parts }) },
    }
  }
  return moveReport(ctx, 'merge', input, work, { beside: () => input.intoReportId })
}

/**
 * Undoes a merge, as if it had never been: what came along is returned too, and with it the messages, notes and photos
 * that staff pick, which came in on the canonical report since and are about this one. An agency that has ended
 * meanwhile does not get it back. Refused once the reporter has had the canonical report's answer.
 */
export async function unmergeReport(ctx: Context, input: ChangeInput & { parts?: Parts }): Promise<Moved> {
  const work = async (desk: Desk): Promise<Outcome> => {
    const { tx, report } = desk
    const { merge } = report.facts
    if (!merge || report.mergedIntoId === null) throw new DomainError('invalid_move', { state: report.state })
    await tx
      .update(reports)
      .set({ mergedCount: sql`${reports.mergedCount} - 1` })
      .where(eq(reports.id, report.mergedIntoId))
    const { kept, version } = await actMade(tx, report.id, ['report.merged'])
    await runOn(desk)
    const back = await comeBack(desk, merge, kept)
    const taken = await takePartsAlong(desk, report.mergedIntoId, {
      brought: kept.parts,
      picked: input.parts,
      since: new Date(merge.at),
    })
    return {
      ...back,
      set: { ...back.set, mergedIntoId: null },
      details: { fromReportId: report.mergedIntoId, ...back.details, ...taken },
      activity: activityBefore(report, kept),
      // Another agency has not decided on what this one had scheduled.
      undoneVersion: back.set && 'agencyId' in back.set ? null : version,
    }
  }
  return moveReport(ctx, 'unmerge', input, work, { beside: (tx) => canonicalOf(tx, input.reportId) })
}

async function canonicalOf(tx: Transaction, reportId: number): Promise<number | null> {
  const [report] = await tx.select({ id: reports.mergedIntoId }).from(reports).where(eq(reports.id, reportId))
  return report?.id ?? null
}
