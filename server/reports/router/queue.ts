import { staffProcedure } from '#server/procedures/init.ts'
import { queueChoices } from '../queries/choices.ts'
import { casesForFile, countCases } from '../queries/exported-cases.ts'
import { queuePage } from '../queries/queue.ts'
import { queueChanges } from '../queries/queue-changes.ts'
import { selectionOf } from '../queries/selection.ts'
import { usedTags } from '../queries/used-tags.ts'
import { viewCounts } from '../queries/view-counts.ts'
import { queueChangesInput, queuePageInput, queueSchema } from '../rules/queue-input.ts'

const reading = staffProcedure('reports.read')

/** The queries of the queue: its pages, the counts of its views, its filters, and what changed meanwhile. */
export const queueProcedures = {
  queue: reading.input(queuePageInput).query(({ ctx, input }) => queuePage(ctx, input)),
  /** The complete number of rows of the list: the total above it stops counting at a cap. */
  size: reading
    .input(queueSchema)
    .query(async ({ ctx, input }) => ({ count: await countCases(ctx.db, await casesForFile(ctx, input)) })),
  /** All ids of the list, up to the maximum that can be chosen, as of this moment. */
  selection: reading.input(queueSchema).query(({ ctx, input }) => selectionOf(ctx, input)),
  usedTags: reading.query(({ ctx }) => usedTags(ctx)),
  viewCounts: reading.query(({ ctx }) => viewCounts(ctx)),
  choices: reading.query(({ ctx }) => queueChoices(ctx)),
  changes: reading.input(queueChangesInput).query(({ ctx, input }) => queueChanges(ctx, input)),
}
