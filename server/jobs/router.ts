import { router, staffProcedure } from '#server/procedures/init.ts'
import { retryJobs } from './commands/retry-jobs.ts'
import { failedJobs } from './queries/failed-jobs.ts'
import { retryJobsInput } from './rules/retry.ts'

const retrying = staffProcedure('jobs.retry')

export const jobsRouter = router({
  failed: retrying.query(({ ctx }) => failedJobs(ctx)),
  retry: retrying.input(retryJobsInput).mutation(({ ctx, input }) => retryJobs(ctx, input)),
})
