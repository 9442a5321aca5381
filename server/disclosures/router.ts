import { router, staffProcedure } from '#server/procedures/init.ts'
import { personsLeft } from './commands/disclose.ts'
import { listLooks, lookers, personsOfLook } from './queries/looks.ts'
import { lookPageInput, personsInput } from './rules/schemas.ts'

const auditing = staffProcedure('disclosures.read')

export const disclosuresRouter = router({
  /** How many more persons the account may be shown within this hour before it must confirm its identity again. */
  left: staffProcedure('reporters.reveal').query(({ ctx }) => personsLeft(ctx)),
  list: auditing
    .input(lookPageInput)
    .query(({ ctx, input: { cursor, ...filter } }) => listLooks(ctx, filter, cursor ?? null)),
  persons: auditing.input(personsInput).query(({ ctx, input }) => personsOfLook(ctx, input)),
  lookers: auditing.query(({ ctx }) => lookers(ctx)),
})
