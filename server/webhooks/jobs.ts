import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { defineJob, type FollowingJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { tellDisabled } from './commands/disable.ts'
import { endBacklog } from './commands/end-backlog.ts'
import { forgetDeliveries } from './commands/forget.ts'
import { sendWebhooks } from './commands/send.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    send_webhooks: Record<string, never>
    end_webhook_backlog: Record<string, never>
    forget_webhook_deliveries: Record<string, never>
    tell_webhook_disabled: { webhookId: string; accountId: string }
  }
}

export const webhookJobs = {
  send_webhooks: defineJob(z.object({}), (_, ctx: Context) => sendWebhooks(ctx)),
  end_webhook_backlog: defineJob(z.object({}), (_, ctx: Context) => endBacklog(ctx)),
  forget_webhook_deliveries: defineJob(z.object({}), (_, ctx: Context) => forgetDeliveries(ctx)),
  tell_webhook_disabled: defineJob(z.object({ webhookId: z.uuid(), accountId: z.uuid() }), (payload, ctx: Context) =>
    tellDisabled(ctx, payload),
  ),
}

export const webhookSchedule: readonly ScheduledJob[] = [
  { job: 'send_webhooks', cron: '* * * * *', payload: {}, atStart: true },
  // Also what was prepared or tried while its webhook was being ended.
  { job: 'end_webhook_backlog', cron: '13 * * * *', payload: {}, atStart: true },
  { job: 'forget_webhook_deliveries', cron: '43 20 * * *', payload: {} },
]

/** Sends new deliveries at once instead of at the next minute. */
export const webhookFollowing: readonly FollowingJob[] = [{ job: 'send_webhooks', payload: {} }]
