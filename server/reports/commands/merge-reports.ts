import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import type { mergeReportsInput } from '../rules/schemas.ts'
import { type Decided, eachByItself } from './decide-suggestions.ts'
import { mergeReport } from './merge-report.ts'

/**
 * Several reports of one matter: each is merged into the canonical one separately; a refusal for one stops no other.
 */
export function mergeReports(ctx: Context, input: z.output<typeof mergeReportsInput>): Promise<Decided[]> {
  return eachByItself(input.reports, (report) => mergeReport(ctx, { ...report, intoReportId: input.intoReportId }))
}
