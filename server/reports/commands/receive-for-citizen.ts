import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { receiveInput } from '../rules/schemas.ts'
import { type Received, receiveReport } from './receive-report.ts'

/**
 * Staff write down what a citizen said on the hotline, at the counter or by e-mail; the form's key makes a retry
 * harmless.
 */
export async function receiveForCitizen(ctx: Context, input: z.output<typeof receiveInput>): Promise<Received> {
  if (!mayUse(ctx.actor, 'reports.receive')) throw new DomainError('forbidden')
  const { key, ...report } = input
  return receiveReport(ctx, { ...report, source: 'staff', sourceKey: key, receivedAt: null, tags: [] })
}
