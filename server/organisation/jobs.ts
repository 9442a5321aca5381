import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { agencyById } from '#server/agencies/queries.ts'
import { defineJob } from '#server/platform/jobs.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { handOverReports } from '#server/reports/commands/hand-over-reports.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    hand_over_reports: { agencyId: string }
  }
}

/** Looks anew whether the agency has ended: its last day may have been moved since the job was queued. */
async function handOver({ agencyId }: { agencyId: string }, ctx: Context): Promise<void> {
  const { validTo, successorId } = await agencyById(ctx.db, agencyId)
  if (validTo === null || successorId === null || validTo >= localDayOf(ctx.now())) return
  await handOverReports(ctx, { from: agencyId, to: successorId })
}

export const organisationJobs = { hand_over_reports: defineJob(z.object({ agencyId: z.string() }), handOver) }
