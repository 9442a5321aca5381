import { router, staffProcedure } from '#server/trpc/init.ts'
import { personsLeft } from './commands/disclose.ts'

export const disclosuresRouter = router({
  /** How many more persons the account may be shown within this hour before it is asked again who it is. */
  left: staffProcedure('reporters.reveal').query(({ ctx }) => personsLeft(ctx)),
})
