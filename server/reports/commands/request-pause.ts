import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { agencyById } from '#server/agencies/queries.ts'
import type { pauseInput } from '../rules/schemas.ts'
import { type Moved, moveReport } from './move-report.ts'
import { askRequest } from './requests.ts'

/** Requests a pause of the clock while another agency is waited for; the state stays, an approver decides. */
export async function requestPause(ctx: Context, input: z.output<typeof pauseInput>): Promise<Moved> {
  return moveReport(ctx, 'request_pause', input, async ({ tx, report, now, ctx: { actor } }) => {
    const agency = await agencyById(tx, input.agencyId)
    const { reason } = input
    const requestId = await askRequest(tx, report.id, actor, now, { kind: 'pause', reason, agencyId: agency.id })
    return { details: { requestId, agencyId: agency.id, reason } }
  })
}
