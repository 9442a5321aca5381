import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { defineJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { forgetRuns } from './commands/forget-runs.ts'
import { workOnRun } from './commands/work-through.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    bulk_run: { runId: string }
    forget_bulk_runs: Record<string, never>
  }
}

export const bulkJobs = {
  bulk_run: defineJob(z.object({ runId: z.uuid() }), ({ runId }, ctx: Context) => workOnRun(ctx, runId)),
  forget_bulk_runs: defineJob(z.object({}), (_, ctx: Context) => forgetRuns(ctx)),
}

export const bulkSchedule: readonly ScheduledJob[] = [{ job: 'forget_bulk_runs', cron: '56 20 * * *', payload: {} }]
