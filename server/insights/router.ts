import { router, staffProcedure } from '#server/trpc/init.ts'
import { readBoard } from './queries/board.ts'
import { markAndTargetProcedures } from './router/marks-and-targets.ts'
import { boardFiltersSchema } from './rules/filters.ts'

const reading = staffProcedure('insights.read')

export const insightsRouter = router({
  board: reading.input(boardFiltersSchema).query(({ ctx, input }) => readBoard(ctx, input)),
  ...markAndTargetProcedures,
})
