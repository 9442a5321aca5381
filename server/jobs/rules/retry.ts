import { z } from 'zod'

/** The maximum number of failed jobs shown, the latest, and retried together. */
export const mostShown = 200

/** Ids of the queue, which are whole numbers. */
const jobId = z.string().regex(/^\d{1,18}$/)

export const retryJobsInput = z.object({ ids: z.array(jobId).min(1).max(mostShown) })
export type RetryJobs = z.output<typeof retryJobsInput>
