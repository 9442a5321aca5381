import type { Context } from '#server/accounts/context.ts'
import { accountsJobs, accountsSchedule } from '#server/accounts/jobs.ts'
import type { Job, JobName, JobPayloads, ScheduledJob } from '#server/platform/jobs.ts'
import { reportJobs, reportSchedule } from '#server/reports/jobs.ts'

type Jobs = { [Name in JobName]: Job<JobPayloads[Name], Context> }

/** Every job there is: the compiler misses the one that can be queued but not done. */
export const jobs: Jobs = { ...accountsJobs, ...reportJobs }

export const schedule: readonly ScheduledJob[] = [...accountsSchedule, ...reportSchedule]
