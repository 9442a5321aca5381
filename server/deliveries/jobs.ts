import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { defineJob, type FollowingJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { forgetDeliveries } from './commands/forget-deliveries.ts'
import { planDeliveries } from './commands/plan-deliveries.ts'
import { remindToRate } from './commands/remind-to-rate.ts'
import { queueSending, sendDeliveries } from './commands/send-deliveries.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    plan_deliveries: Record<string, never>
    send_deliveries: { gatewayId: string }
    remind_to_rate: Record<string, never>
    forget_deliveries: Record<string, never>
  }
}

export const deliveryJobs = {
  plan_deliveries: defineJob(z.object({}), (_, ctx: Context) => planAndSend(ctx)),
  send_deliveries: defineJob(z.object({ gatewayId: z.uuid() }), ({ gatewayId }, ctx: Context) =>
    sendDeliveries(ctx, gatewayId),
  ),
  remind_to_rate: defineJob(z.object({}), (_, ctx: Context) => remindToRate(ctx)),
  forget_deliveries: defineJob(z.object({}), (_, ctx: Context) => forgetDeliveries(ctx)),
}

export const deliverySchedule: readonly ScheduledJob[] = [
  { job: 'plan_deliveries', cron: '* * * * *', payload: {}, atStart: true },
  { job: 'remind_to_rate', cron: '13 * * * *', payload: {} },
  { job: 'forget_deliveries', cron: '36 20 * * *', payload: {} },
]

/** Plans new deliveries at once instead of at the next minute. */
export const deliveryFollowing: readonly FollowingJob[] = [{ job: 'plan_deliveries', payload: {} }]

async function planAndSend(ctx: Context): Promise<void> {
  await planDeliveries(ctx)
  const waiting = await ctx.db.execute<{ gatewayId: string }>(sql`
    select distinct gateway_id as "gatewayId" from deliveries
    where state = 'queued' and due_at <= ${ctx.now().toISOString()}::timestamptz`)
  for (const { gatewayId } of waiting) await queueSending(ctx.db, gatewayId)
}
