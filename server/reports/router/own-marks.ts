import { router, staffProcedure } from '#server/procedures/init.ts'
import { putOffReport } from '../commands/put-off-report.ts'
import { watchReport } from '../commands/watch-report.ts'
import { putOffInput, watchInput } from '../rules/schemas.ts'

const reading = staffProcedure('reports.read')

/** What an account does with a report for itself alone: whoever may see it may do so. */
export const ownMarksRouter = router({
  watch: reading.input(watchInput).mutation(({ ctx, input }) => watchReport(ctx, input)),
  putOff: reading.input(putOffInput).mutation(({ ctx, input }) => putOffReport(ctx, input)),
})
