import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { defineJob, type FollowingJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { deliverDue } from './commands/deliver-due.ts'
import { escalate } from './commands/escalate.ts'
import { forgetOld } from './commands/forget-old.ts'
import { mailNotifications } from './commands/mail-notifications.ts'
import { notifyRecipients } from './commands/notify-recipients.ts'
import { sweepNotices } from './commands/sweep-notices.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    notify: Record<string, never>
    tell_notifications: Record<string, never>
    mail_notifications: Record<string, never>
    forget_notifications: Record<string, never>
    sweep_notices: Record<string, never>
  }
}

export const notificationJobs = {
  notify: defineJob(z.object({}), (_, ctx: Context) => runNotifications(ctx)),
  tell_notifications: defineJob(z.object({}), (_, ctx: Context) => notifyRecipients(ctx)),
  forget_notifications: defineJob(z.object({}), (_, ctx: Context) => forgetOld(ctx)),
  mail_notifications: defineJob(z.object({}), (_, ctx: Context) => mailNotifications(ctx)),
  sweep_notices: defineJob(z.object({}), (_, ctx: Context) => sweepNotices(ctx)),
}

/**
 * Deadlines are checked every minute; a letter collects the notifications of a quarter of an hour; missed items are
 * searched for every minute.
 */
export const notificationSchedule: readonly ScheduledJob[] = [
  { job: 'notify', cron: '* * * * *', payload: {}, atStart: true },
  { job: 'mail_notifications', cron: '*/15 * * * *', payload: {} },
  { job: 'sweep_notices', cron: '* * * * *', payload: {} },
  { job: 'forget_notifications', cron: '51 20 * * *', payload: {} },
]

/** So that notifications of a colleague's actions do not take a minute. */
export const notificationFollowing: readonly FollowingJob[] = [{ job: 'tell_notifications', payload: {} }]

/** One after the other; a failing step does not prevent the others. */
async function runNotifications(ctx: Context): Promise<void> {
  const failed: unknown[] = []
  for (const step of [escalate, notifyRecipients, deliverDue])
    await step(ctx).catch((error: unknown) => failed.push(error))
  if (failed.length > 0) throw failed.length === 1 ? failed[0] : new AggregateError(failed, 'several steps failed')
}
