import { and, desc, eq, gt, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { events, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { actMade } from '../queries/act-made.ts'
import { visibleTo } from '../queries/scope.ts'
import { activityBefore } from '../rules/kept.ts'
import { refusalReasonForUnlink } from '../rules/policy.ts'
import type { ChangeInput, linkInput } from '../rules/schemas.ts'
import { changeReport, type Moved } from './move-report.ts'
import { passedOn, queuePassingOn } from './pass-on.ts'

/**
 * Two reports about one matter that are both still handled: from now on the reporter of this one also gets the answer
 * of the other. Like a merge, it refers to a report that refers to none.
 */
export function linkReport(ctx: Context, input: z.output<typeof linkInput>): Promise<Moved> {
  return changeReport(
    ctx,
    'link_report',
    'report.linked',
    input,
    async (desk) => {
      const { tx, report } = desk
      if (input.toReportId === report.id) throw new DomainError('link_to_itself')
      if (report.mergedCount + report.linkedCount > 0) throw new DomainError('link_of_canonical')
      const [canonical] = await tx
        .select({ code: reports.code, state: reports.state, linkedToId: reports.linkedToId })
        .from(reports)
        .where(and(eq(reports.id, input.toReportId), visibleTo(ctx.actor)))
      if (!canonical) throw new DomainError('not_found')
      const states = [report.state, canonical.state]
      const isUnfit = states.includes('merged') || states.includes('rejected')
      if (isUnfit || report.linkedToId !== null || canonical.linkedToId !== null) throw new DomainError('link_unfit')
      await countLinks(tx, input.toReportId, 1)
      await queuePassingOn(desk, input.toReportId)
      return {
        set: { linkedToId: input.toReportId },
        details: { toReportId: input.toReportId, toCode: canonical.code },
      }
    },
    { beside: () => input.toReportId },
  )
}

/** Undoes a link, within a day and as long as its reporter has had no answer through it. */
export function unlinkReport(ctx: Context, input: ChangeInput): Promise<Moved> {
  return changeReport(
    ctx,
    'unlink_report',
    'report.unlinked',
    input,
    async ({ tx, report, now }) => {
      if (report.linkedToId === null) throw new DomainError('not_linked')
      const refusalReason = refusalReasonForUnlink(await linkOf(tx, report.id), now)
      if (refusalReason) throw new DomainError(refusalReason)
      await countLinks(tx, report.linkedToId, -1)
      const { kept } = await actMade(tx, report.id, ['report.linked'])
      return {
        set: { linkedToId: null },
        details: { fromReportId: report.linkedToId },
        activity: activityBefore(report, kept),
      }
    },
    { beside: (tx) => linkedTo(tx, input.reportId) },
  )
}

function countLinks(tx: Transaction, reportId: number, by: 1 | -1) {
  return tx
    .update(reports)
    .set({ linkedCount: sql`${reports.linkedCount} + ${by}` })
    .where(eq(reports.id, reportId))
}

async function linkOf(tx: Transaction, reportId: number) {
  const [link] = await tx
    .select({ id: events.id, at: events.at })
    .from(events)
    .where(and(eq(events.reportId, reportId), eq(events.event, 'report.linked')))
    .orderBy(desc(events.id))
    .limit(1)
  if (!link) return null
  const [answer] = await tx
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.reportId, reportId), eq(events.event, passedOn), gt(events.id, link.id)))
    .limit(1)
  return { at: link.at, answered: answer !== undefined }
}

async function linkedTo(tx: Transaction, reportId: number): Promise<number | null> {
  const [report] = await tx.select({ id: reports.linkedToId }).from(reports).where(eq(reports.id, reportId))
  return report?.id ?? null
}
