import { router, staffProcedure } from '#server/procedures/init.ts'
import { startRun } from './commands/start-run.ts'
import { cancelRun, undoRun } from './commands/stop-run.ts'
import { previewRun } from './queries/preview.ts'
import { recentRuns, runRows, runView } from './queries/runs.ts'
import { templatesForAll } from './queries/templates.ts'
import { bulkPreviewInput, bulkTemplatesInput, runInput, runRowsInput, startRunInput } from './rules/actions.ts'

const handling = staffProcedure('reports.handle')

/** One change to many reports: preview, execution, and outcome of each. */
export const bulkRouter = router({
  /** A mutation only because so many ids are too long for an address. */
  preview: handling.input(bulkPreviewInput).mutation(({ ctx, input }) => previewRun(ctx, input)),
  /** A mutation for the same reason. */
  templates: handling.input(bulkTemplatesInput).mutation(({ ctx, input }) => templatesForAll(ctx, input.reportIds)),
  start: handling.input(startRunInput).mutation(({ ctx, input }) => startRun(ctx, ctx.session.id, input)),
  cancel: handling.input(runInput).mutation(({ ctx, input }) => cancelRun(ctx, input.id)),
  undo: handling.input(runInput).mutation(({ ctx, input }) => undoRun(ctx, input.id)),
  run: handling.input(runInput).query(({ ctx, input }) => runView(ctx, input.id)),
  rows: handling.input(runRowsInput).query(({ ctx, input }) => runRows(ctx, input)),
  recent: handling.query(({ ctx }) => recentRuns(ctx)),
})
