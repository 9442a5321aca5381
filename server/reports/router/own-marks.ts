import { router, staffProcedure } from '#server/procedures/init.ts'
import { putOffReport } from '../commands/put-off-report.ts'
import { watchReport } from '../commands/watch-report.ts'
import { putOffInput, watchInput } from '../rules/schemas.ts'

const reading = staffProcedure('reports.read')

/** Watching and putting off: they concern only the account itself, and need no right but to see the report. */
export const ownMarksRouter = router({
  watch: reading.input(watchInput).mutation(({ ctx, input }) => watchReport(ctx, input)),
  putOff: reading.input(putOffInput).mutation(({ ctx, input }) => putOffReport(ctx, input)),
})
