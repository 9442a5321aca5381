import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { categories } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { agencyInOffice } from '#server/agencies/queries.ts'
import { resolutionMinutes, startClock, stopClock } from '#server/calendars/rules/deadlines.ts'
import { DomainError } from '#server/platform/errors.ts'
import { coordinatingAgencies, holders } from '../coordination.ts'
import type { assignInput } from '../rules/schemas.ts'
import { clockTimeOf } from '../storm.ts'
import { type Desk, type Moved, moveReport } from './move-report.ts'

/**
 * Takes a report in and gives it to an agency, in one move. Category, severity and incident may be put right on the way.
 * The first assignment stops the intake clock and starts the resolution clock on the agency's calendar; after a return
 * the resolution clock runs on.
 */
export async function assignReport(ctx: Context, input: z.output<typeof assignInput>): Promise<Moved> {
  return moveReport(ctx, 'assign', input, async (desk) => {
    const { tx, report, clocks, now } = desk
    const agency = await agencyInOffice(tx, input.agencyId, now)
    const category = await categoryFor(desk, input.categoryCode)
    const severity = input.severity ?? report.severity
    const incidentId = input.incidentId === undefined ? report.incidentId : input.incidentId
    const intake = clocks.last('intake')
    if (intake?.clock.stoppedAt === null) clocks.change(intake, (clock) => stopClock(clock, now))
    if (clocks.last('resolution')?.clock.stoppedAt !== null) {
      const time = await clockTimeOf(tx, { severity, incidentId }, now)
      clocks.start(startClock('resolution', now, resolutionMinutes(category, severity), time), agency.calendarId)
    }
    const coordinating = await coordinatingAgencies(tx, category.code, report.areaId, now)
    return {
      set: {
        agencyId: agency.id,
        categoryCode: category.code,
        severity,
        incidentId,
        heldBy: holders(report.heldBy, [agency.id, ...coordinating]),
        assigneeId: null,
      },
      details: {
        agencyId: agency.id,
        ...(category.code !== report.categoryCode && { category: [report.categoryCode, category.code] }),
        ...(severity !== report.severity && { severity: [report.severity, severity] }),
        ...(input.note && { note: input.note }),
      },
    }
  })
}

/** The category the report will have: the one it has, or another leaf that is in use. */
export async function categoryFor({ tx, report }: Desk, code: string | undefined) {
  if (code === undefined || code === report.categoryCode) return report.category
  const [category] = await tx.select().from(categories).where(eq(categories.code, code))
  if (!category?.isActive || category.parentCode === null) throw new DomainError('category_unknown', { code })
  return category
}
