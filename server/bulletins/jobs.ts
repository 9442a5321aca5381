import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { defineJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { notifyChief } from './commands/notify-chiefs.ts'
import { publishDue } from './commands/publish-due.ts'
import { sweepSchedules } from './commands/sweep-schedules.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    publish_bulletin: { revisionId: string }
    publish_due_bulletins: Record<string, never>
    sweep_bulletins: Record<string, never>
    tell_chief: { bulletinId: string; accountId: string }
  }
}

export const bulletinJobs = {
  publish_bulletin: defineJob(z.object({ revisionId: z.uuid() }), ({ revisionId }, ctx: Context) =>
    publishDue(ctx, revisionId),
  ),
  publish_due_bulletins: defineJob(z.object({}), (_, ctx: Context) => publishDue(ctx)),
  sweep_bulletins: defineJob(z.object({}), (_, ctx: Context) => sweepSchedules(ctx)),
  tell_chief: defineJob(z.object({ bulletinId: z.uuid(), accountId: z.uuid() }), (payload, ctx: Context) =>
    notifyChief(ctx, payload),
  ),
}

/**
 * Every minute, and whenever a worker starts, everything overdue is published: nothing depends on one queued job. What
 * is still left then is looked for.
 */
export const bulletinSchedule: readonly ScheduledJob[] = [
  { job: 'publish_due_bulletins', cron: '* * * * *', payload: {}, atStart: true },
  { job: 'sweep_bulletins', cron: '* * * * *', payload: {} },
]
