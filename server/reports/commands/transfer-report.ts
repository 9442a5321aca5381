import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { agencyInOffice } from '#server/agencies/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { holders } from '../coordination.ts'
import type { transferInput } from '../rules/schemas.ts'
import { type Desk, type Moved, moveReport, type Outcome } from './move-report.ts'
import { endWait } from './promises.ts'
import { withdrawRequests } from './requests.ts'

/** Transfers the report to another agency at once; the resolution clock runs on. */
export async function transferReport(ctx: Context, input: z.output<typeof transferInput>): Promise<Moved> {
  return moveReport(ctx, 'transfer', input, (desk) => transferTo(desk, input.agencyId, input.reason))
}

export async function transferTo(desk: Desk, toAgencyId: string, reason: string): Promise<Outcome> {
  const { tx, report, now } = desk
  const agency = await agencyInOffice(tx, toAgencyId, now)
  if (agency.id === report.agencyId) throw new DomainError('same_agency')
  const requestIds = await withdrawRequests(tx, report.id, now)
  endWait(desk)
  return {
    set: {
      agencyId: agency.id,
      assigneeId: null,
      heldBy: holders(report.heldBy, [agency.id]),
      transferCount: report.transferCount + 1,
    },
    details: { from: report.agencyId, agencyId: agency.id, reason },
    kept: { requestIds },
  }
}
