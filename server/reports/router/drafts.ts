import { z } from 'zod'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { dropDraft, keepDraft, shareDraft } from '../commands/drafts.ts'
import { countMyDrafts, draftsOn, myDrafts } from '../queries/drafts.ts'
import { dropDraftInput, keepDraftInput, shareDraftInput } from '../rules/drafts.ts'

const writing = staffProcedure('reports.handle')

/** Drafts that are not sent yet. */
export const draftsRouter = router({
  on: writing.input(z.number().int().positive()).query(({ ctx, input }) => draftsOn(ctx, input)),
  mine: writing.query(({ ctx }) => myDrafts(ctx)),
  count: writing.query(({ ctx }) => countMyDrafts(ctx)),
  keep: writing.input(keepDraftInput).mutation(({ ctx, input }) => keepDraft(ctx, input)),
  drop: writing.input(dropDraftInput).mutation(({ ctx, input }) => dropDraft(ctx, input)),
  share: writing.input(shareDraftInput).mutation(({ ctx, input }) => shareDraft(ctx, input)),
})
