import { and, eq, or } from 'drizzle-orm'
import { agencies, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { EndAgency } from '#server/agencies/rules/agency.ts'
import { refusalReasonForEnding } from '#server/agencies/rules/tree.ts'
import { recordEvent } from '#server/events/commands.ts'
import { changesBetween, isUnchanged } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { cancelJob, queueJob } from '#server/platform/jobs.ts'
import { dayAfter, startOfDay } from '#server/platform/rules/local-day.ts'
import { isCommitted, isOpenReport } from '#server/reports/states.ts'
import { changeTree, seenAgency } from './lock-agencies.ts'

/**
 * Sets the last day of an agency, or undoes that. A job passes its open reports, and those planned for a day, to
 * the successor on the day after, because until then the agency is still in office; an end undone before that day
 * passes nothing.
 */
export async function endAgency(
  ctx: Context,
  { id, version: seen, validTo, successorId }: EndAgency,
): Promise<{ id: string; version: number }> {
  return changeTree(ctx, async (tx, tree) => {
    const agency = await seenAgency(tx, tree, { id, version: seen })
    if (validTo === null && agency.parentId === null) throw new DomainError('city_stays')
    if (validTo !== null) {
      const openReports = await tx.$count(reports, and(eq(reports.agencyId, id), or(isOpenReport, isCommitted)))
      const refusalReason = refusalReasonForEnding({ agency, validTo, successorId, tree, openReports })
      if (refusalReason) throw new DomainError(refusalReason, { count: openReports })
    }
    const end = { validTo, successorId: validTo === null ? null : successorId }
    const changes = changesBetween<object>(agency, end)
    if (isUnchanged(changes)) return { id, version: agency.version }
    const version = agency.version + 1
    await tx
      .update(agencies)
      .set({ ...end, version })
      .where(eq(agencies.id, id))
    const jobKey = `hand_over_reports:${id}`
    if (validTo !== null && successorId !== null) {
      await queueJob(tx, 'hand_over_reports', { agencyId: id }, { jobKey, runAt: startOfDay(dayAfter(validTo)) })
    } else await cancelJob(tx, jobKey)
    await recordEvent(tx, ctx, {
      event: validTo === null ? 'agency.end_taken_back' : 'agency.ended',
      subject: { kind: 'agency', id },
      agencyId: id,
      version,
      details: changes,
    })
    return { id, version }
  })
}
