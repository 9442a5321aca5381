import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { defineJob, type FollowingJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { escalate } from './commands/escalate.ts'
import { forgetOld } from './commands/forget-old.ts'
import { mailNotifications } from './commands/mail-notifications.ts'
import { ring } from './commands/ring.ts'
import { tell } from './commands/tell.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    notify: Record<string, never>
    tell_notifications: Record<string, never>
    mail_notifications: Record<string, never>
    forget_notifications: Record<string, never>
  }
}

export const notificationJobs = {
  notify: defineJob(z.object({}), (_, ctx: Context) => notify(ctx)),
  tell_notifications: defineJob(z.object({}), (_, ctx: Context) => tell(ctx)),
  forget_notifications: defineJob(z.object({}), (_, ctx: Context) => forgetOld(ctx)),
  mail_notifications: defineJob(z.object({}), (_, ctx: Context) => mailNotifications(ctx)),
}

/** Deadlines are looked at every minute; a letter gathers what a quarter of an hour has brought. */
export const notificationSchedule: readonly ScheduledJob[] = [
  { job: 'notify', cron: '* * * * *', payload: {}, atStart: true },
  { job: 'mail_notifications', cron: '*/15 * * * *', payload: {} },
  { job: 'forget_notifications', cron: '51 20 * * *', payload: {} },
]

/** Nobody waits a minute to hear what a colleague did. */
export const notificationFollowing: readonly FollowingJob[] = [{ job: 'tell_notifications', payload: {} }]

async function notify(ctx: Context): Promise<void> {
  await escalate(ctx)
  await tell(ctx)
  await ring(ctx)
}
