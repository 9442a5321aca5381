import { router, staffProcedure } from '#server/trpc/init.ts'
import { undoChange } from '../commands/undo-change.ts'
import { changeInput } from '../rules/schemas.ts'

/** The way back from what was just set, by the version that it made. */
export const undoRouter = router({
  field: staffProcedure('reports.handle')
    .input(changeInput)
    .mutation(({ ctx, input }) => undoChange(ctx, input)),
})
