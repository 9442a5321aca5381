import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { agencyById } from '#server/agencies/queries.ts'
import type { returnInput } from '../rules/schemas.ts'
import { type Moved, moveReport } from './move-report.ts'
import { endWait } from './promises.ts'
import { withdrawRequests } from './requests.ts'

/**
 * Wrong agency: returns the report to the dispatchers with a reason. The intake clock stays stopped, the resolution
 * clock runs on.
 */
export async function returnReport(ctx: Context, input: z.output<typeof returnInput>): Promise<Moved> {
  return moveReport(ctx, 'return', input, async (desk) => {
    const { tx, report, now } = desk
    if (input.suggestedAgencyId) await agencyById(tx, input.suggestedAgencyId)
    const requestIds = await withdrawRequests(tx, report.id, now)
    endWait(desk)
    return {
      set: { agencyId: null, assigneeId: null, returnCount: report.returnCount + 1 },
      details: {
        agencyId: report.agencyId,
        reason: input.reason,
        ...(input.suggestedAgencyId && { suggestedAgencyId: input.suggestedAgencyId }),
      },
      kept: { requestIds },
    }
  })
}
