import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { receiveInput } from '../rules/schemas.ts'
import { type Received, receiveReport } from './receive-report.ts'

/**
 * Staff enter a report on a citizen's behalf, from the hotline, the counter or an e-mail; the key of the form makes a
 * retry harmless.
 */
export async function receiveForCitizen(ctx: Context, input: z.output<typeof receiveInput>): Promise<Received> {
  if (!mayUse(ctx.actor, 'reports.receive')) throw new DomainError('forbidden')
  const { key, areaId = null, ...report } = input
  return receiveReport(ctx, { ...report, source: 'staff', sourceKey: key, receivedAt: null, tags: [] }, { areaId })
}
