import type { Context } from '#server/accounts/context.ts'
import { accountJobs, accountSchedule } from '#server/accounts/jobs.ts'
import { bulkJobs, bulkSchedule } from '#server/bulk/jobs.ts'
import { bulletinJobs, bulletinSchedule } from '#server/bulletins/jobs.ts'
import { citizenLinkJobs, citizenLinkSchedule } from '#server/citizen-links/jobs.ts'
import { deliveryFollowing, deliveryJobs, deliverySchedule } from '#server/deliveries/jobs.ts'
import { eventJobs, eventSchedule } from '#server/events/jobs.ts'
import { insightJobs, insightSchedule } from '#server/insights/jobs.ts'
import { notificationFollowing, notificationJobs, notificationSchedule } from '#server/notifications/jobs.ts'
import { organisationJobs } from '#server/organisation/jobs.ts'
import { placeFollowing, placeJobs, placeSchedule } from '#server/places/jobs.ts'
import type { FollowingJob, Job, JobName, JobPayloads, ScheduledJob } from '#server/platform/jobs.ts'
import { publicationJobs, publicationSchedule } from '#server/publication/jobs.ts'
import { deadlineJobs } from '#server/reports/jobs/deadlines.ts'
import { reportJobs, reportSchedule } from '#server/reports/jobs.ts'
import { webhookFollowing, webhookJobs, webhookSchedule } from '#server/webhooks/jobs.ts'

type Jobs = { [Name in JobName]: Job<JobPayloads[Name], Context> }

/** Every job: the compiler reports a job that can be queued but has no handler. */
export const jobs: Jobs = {
  ...eventJobs,
  ...accountJobs,
  ...placeJobs,
  ...reportJobs,
  ...deadlineJobs,
  ...publicationJobs,
  ...bulkJobs,
  ...notificationJobs,
  ...organisationJobs,
  ...bulletinJobs,
  ...insightJobs,
  ...citizenLinkJobs,
  ...deliveryJobs,
  ...webhookJobs,
}

export const following: readonly FollowingJob[] = [
  ...placeFollowing,
  ...notificationFollowing,
  ...deliveryFollowing,
  ...webhookFollowing,
]

export const schedule: readonly ScheduledJob[] = [
  ...eventSchedule,
  ...accountSchedule,
  ...placeSchedule,
  ...reportSchedule,
  ...publicationSchedule,
  ...bulkSchedule,
  ...notificationSchedule,
  ...bulletinSchedule,
  ...insightSchedule,
  ...citizenLinkSchedule,
  ...deliverySchedule,
  ...webhookSchedule,
]
