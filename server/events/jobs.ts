import { z } from 'zod'
import { againOf, defineJob, queueJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { paced } from '#server/platform/pace.ts'
import { type Checking, checkSeals } from './commands/check-seals.ts'
import { sealDays } from './commands/seal-days.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    seal_days: Record<string, never>
    check_seals: Record<string, never>
  }
}

export const eventJobs = {
  seal_days: defineJob(z.object({}), (_, ctx: Checking) =>
    paced(
      (pace) => sealDays(ctx, pace),
      () => queueJob(ctx.db, 'seal_days', {}, againOf('seal_days')),
    ),
  ),
  check_seals: defineJob(z.object({}), (_, ctx: Checking) => checkSeals(ctx, { from: null })),
}

/** At 00:10 in Hanoi the past day is sealed; at 01:40 the whole chain is checked. */
export const eventSchedule: readonly ScheduledJob[] = [
  { job: 'seal_days', cron: '10 17 * * *', payload: {}, atStart: true },
  { job: 'check_seals', cron: '40 18 * * *', payload: {} },
]
