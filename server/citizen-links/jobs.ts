import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { defineJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { forgetExpiredLinks } from './commands/forget-links.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    forget_citizen_links: Record<string, never>
  }
}

export const citizenLinkJobs = {
  forget_citizen_links: defineJob(z.object({}), (_, ctx: Context) => forgetExpiredLinks(ctx)),
}

export const citizenLinkSchedule: readonly ScheduledJob[] = [
  { job: 'forget_citizen_links', cron: '26 20 * * *', payload: {} },
]
