import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { agencyInOffice } from '#server/agencies/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { transferInput } from '../rules/schemas.ts'
import { type Moved, moveReport } from './move-report.ts'
import { askRequest } from './requests.ts'

/** An officer asks an approver to transfer the report to another agency. */
export async function requestTransfer(ctx: Context, input: z.output<typeof transferInput>): Promise<Moved> {
  return moveReport(ctx, 'request_transfer', input, async ({ tx, report, now, ctx: { actor } }) => {
    const agency = await agencyInOffice(tx, input.agencyId, now)
    if (agency.id === report.agencyId) throw new DomainError('same_agency')
    const { reason } = input
    const requestId = await askRequest(tx, report.id, actor, now, {
      kind: 'transfer',
      reason,
      agencyId: agency.id,
    })
    return { details: { requestId, agencyId: agency.id, reason } }
  })
}
