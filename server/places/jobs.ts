import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { againOf, defineJob, type FollowingJob, queueJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { paced } from '#server/platform/pace.ts'
import { learnPlaces } from './commands/learn-places.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    learn_places: Record<string, never>
  }
}

export const placeJobs = {
  learn_places: defineJob(z.object({}), (_, ctx: Context) =>
    paced(
      async (pace) => {
        while ((await learnPlaces(ctx)) && (await pace()));
      },
      () => queueJob(ctx.db, 'learn_places', {}, againOf('learn_places')),
    ),
  ),
}

export const placeSchedule: readonly ScheduledJob[] = [
  { job: 'learn_places', cron: '* * * * *', payload: {}, atStart: true },
]

/** So that the place of a new report is found while its neighbours call. */
export const placeFollowing: readonly FollowingJob[] = [{ job: 'learn_places', payload: {} }]
