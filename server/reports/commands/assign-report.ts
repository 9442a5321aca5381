import type { z } from 'zod'
import { builtTogether } from '#db/built-once.ts'
import type { Transaction } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { agencyRow, assertInOffice } from '#server/agencies/queries.ts'
import { resolutionMinutes, startClock, stopClock } from '#server/calendars/rules/deadlines.ts'
import { coordinatingAgencies, holders, partnersOf } from '../coordination.ts'
import type { assignInput } from '../rules/schemas.ts'
import { clockTimeOf } from '../storm.ts'
import { settleSuggestions } from '../suggestions.ts'
import { type Desk, type Moved, moveReport, type Outcome } from './move-report.ts'
import { assertIncident, categoryFor, retarget } from './promises.ts'

/**
 * Takes a report in and gives it to an agency, in one move. Category, severity and incident may be corrected with it.
 * The first assignment stops the intake clock and starts the resolution clock on the agency's calendar; after a return
 * the resolution clock runs on, with another target where the category or severity now requires one.
 */
export async function assignReport(ctx: Context, input: z.output<typeof assignInput>): Promise<Moved> {
  const { reportId, agencyId, categoryCode } = input
  const read = (tx: Transaction) => receivers(tx, { id: agencyId, reportId, categoryCode: categoryCode ?? null })
  const work = async (desk: Desk, found: Awaited<ReturnType<typeof read>>): Promise<Outcome> => {
    const { tx, report, clocks, now } = desk
    const category = await categoryFor(desk, categoryCode)
    const agency = await assertInOffice(tx, found.agency[0], { id: agencyId, at: now })
    const coordinating = found.partners.flatMap((partners) => coordinatingAgencies(partners, now))
    const severity = input.severity ?? report.severity
    const incidentId = input.incidentId === undefined ? report.incidentId : input.incidentId
    if (incidentId !== report.incidentId) await assertIncident(tx, incidentId)
    const suggestions = await settleSuggestions(tx, desk.ctx, {
      reportId: report.id,
      from: report.incidentId,
      to: incidentId,
    })
    const intake = clocks.last('intake')
    if (intake?.clock.stoppedAt === null) clocks.change(intake, (clock) => stopClock(clock, now))
    if (clocks.last('resolution')?.clock.stoppedAt === null) {
      await retarget(desk, { category, severity, incidentId })
    } else {
      const time = await clockTimeOf(tx, { severity, incidentId }, now)
      clocks.start(startClock('resolution', now, resolutionMinutes(category, severity), time), agency.calendarId)
    }
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
        ...(incidentId !== report.incidentId && { incidentId: [report.incidentId, incidentId] }),
        ...(input.note && { note: input.note }),
      },
      kept: suggestions.length > 0 ? { suggestions } : {},
    }
  }
  return moveReport(ctx, 'assign', input, work, { read })
}

const receivers = builtTogether((db) => ({ agency: agencyRow(db), partners: partnersOf(db) }))
