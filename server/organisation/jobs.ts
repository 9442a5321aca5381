import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { agencyById } from '#server/agencies/queries.ts'
import { defineJob } from '#server/platform/jobs.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { handOverReports } from '#server/reports/commands/hand-over-reports.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    hand_over_reports: { agencyId: string }
  }
}

/** Checks again whether the agency has ended: its last day may have changed since the job was queued. */
async function handOver({ agencyId }: { agencyId: string }, ctx: Context): Promise<void> {
  const { validTo, successorId } = await agencyById(ctx.db, agencyId)
  const today = localDayOf(ctx.now())
  if (validTo === null || successorId === null || validTo >= today) return
  await handOverReports(ctx, { from: agencyId, to: await inOfficeAfter(ctx, successorId, today) })
}

/** The last successor in office: reports passed to an agency that has ended would stay there. */
async function inOfficeAfter({ db }: Context, agencyId: string, today: LocalDay): Promise<string> {
  const passed = new Set<string>()
  for (let id = agencyId; ; ) {
    const { validTo, successorId } = await agencyById(db, id)
    passed.add(id)
    if (validTo === null || validTo >= today || successorId === null || passed.has(successorId)) return id
    id = successorId
  }
}

export const organisationJobs = { hand_over_reports: defineJob(z.object({ agencyId: z.string() }), handOver) }
