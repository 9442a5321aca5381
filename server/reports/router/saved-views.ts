import { router, staffProcedure } from '#server/procedures/init.ts'
import { pinViews, removeView, saveView } from '../commands/save-view.ts'
import { savedViewCounts, savedViewsOf, viewAudiencesOf } from '../queries/saved-views.ts'
import { pinsInput, savedViewRef, saveViewInput } from '../rules/saved-views.ts'

const reading = staffProcedure('reports.read')

export const savedViewsRouter = router({
  list: reading.query(({ ctx }) => savedViewsOf(ctx)),
  counts: reading.query(({ ctx }) => savedViewCounts(ctx)),
  /** With whom the account may share a view. */
  audiences: reading.query(({ ctx }) => viewAudiencesOf(ctx)),
  save: reading.input(saveViewInput).mutation(({ ctx, input }) => saveView(ctx, input)),
  remove: reading.input(savedViewRef).mutation(({ ctx, input }) => removeView(ctx, input)),
  pin: reading.input(pinsInput).mutation(({ ctx, input }) => pinViews(ctx, input)),
})
