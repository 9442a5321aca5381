import { and, eq } from 'drizzle-orm'
import { reportAnswers } from '#db/schema/index.ts'
import { pausedAtOf, resumeClock } from '#server/calendars/rules/deadlines.ts'
import { agencyNow, holders } from '../coordination.ts'
import type { Kept } from '../rules/kept.ts'
import type { MergeFact } from '../rules/policy.ts'
import { whoSitsThere } from './hand-over-reports.ts'
import type { Desk, Outcome } from './move-report.ts'
import { restoreRequests } from './requests.ts'

/**
 * Where a merged report returns to: to its agency and its earlier state. While it was merged it was not part of any
 * handover, so an agency that has ended meanwhile is resolved here: its successor takes over; without one the report
 * returns to the dispatchers, and what the agency had begun is withdrawn.
 */
export async function comeBack(desk: Desk, merge: MergeFact, kept: Kept): Promise<Outcome> {
  const { tx, report, now } = desk
  const asBefore = { set: { stateBefore: merge.innerBefore }, circumstances: { stateBefore: merge.stateBefore } }
  const agencyId = report.agencyId === null ? null : await agencyNow(tx, report.agencyId, now)
  if (report.agencyId !== null && agencyId === null) return toDispatchers(desk)
  await restoreRequests(tx, kept.requestIds ?? [])
  if (agencyId === null || agencyId === report.agencyId) return asBefore
  return {
    ...asBefore,
    set: {
      ...asBefore.set,
      agencyId,
      assigneeId: await whoSitsThere(tx, report.assigneeId, agencyId),
      heldBy: holders(report.heldBy, [agencyId]),
    },
    details: { from: report.agencyId, agencyId },
  }
}

async function toDispatchers({ tx, report, clocks, now }: Desk): Promise<Outcome> {
  await tx
    .update(reportAnswers)
    .set({ status: 'withdrawn' })
    .where(and(eq(reportAnswers.reportId, report.id), eq(reportAnswers.status, 'submitted')))
  const running = clocks.running()
  if (running && pausedAtOf(running.clock)) clocks.change(running, (clock) => resumeClock(clock, now))
  return {
    set: { stateBefore: null, agencyId: null, assigneeId: null },
    circumstances: { stateBefore: 'awaiting_intake' },
    details: { from: report.agencyId },
  }
}
