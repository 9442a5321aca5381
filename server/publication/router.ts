import { router, staffProcedure } from '#server/procedures/init.ts'
import { publishCopy, saveCopy, withdrawCopy } from './commands/review-copy.ts'
import { awaitingCopies, copyOfReport } from './queries/copies.ts'
import { awaitingCopiesInput, copyInput, publishCopyInput, saveCopyInput, withdrawCopyInput } from './rules/schemas.ts'

const reviewing = staffProcedure('publication.review')

/** What the public may read of reports: made by rules, mended and released by staff. */
export const publicationRouter = router({
  copy: reviewing.input(copyInput).query(({ ctx, input }) => copyOfReport(ctx, input.reportId)),
  awaiting: reviewing.input(awaitingCopiesInput).query(({ ctx, input }) => awaitingCopies(ctx, input.cursor)),
  save: reviewing.input(saveCopyInput).mutation(({ ctx, input }) => saveCopy(ctx, input)),
  publish: reviewing.input(publishCopyInput).mutation(({ ctx, input }) => publishCopy(ctx, input)),
  withdraw: reviewing.input(withdrawCopyInput).mutation(({ ctx, input }) => withdrawCopy(ctx, input)),
})
