import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { defineJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { emptyLeftCopies } from './commands/empty-left-copies.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    empty_left_copies: Record<string, never>
  }
}

export const publicationJobs = {
  empty_left_copies: defineJob(z.object({}), async (_, ctx: Context) => {
    await emptyLeftCopies(ctx)
  }),
}

export const publicationSchedule: ScheduledJob[] = [{ job: 'empty_left_copies', cron: '* * * * *', payload: {} }]
