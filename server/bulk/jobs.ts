import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { defineJob } from '#server/platform/jobs.ts'
import { workOnRun } from './commands/work-through.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    bulk_run: { runId: string }
  }
}

export const bulkJobs = {
  bulk_run: defineJob(z.object({ runId: z.uuid() }), ({ runId }, ctx: Context) => workOnRun(ctx, runId)),
}
