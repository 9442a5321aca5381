import { router, staffProcedure } from '#server/procedures/init.ts'
import { giveCitizenLink, revokeLinksOfCitizen } from './commands/give-link.ts'
import { linkInput } from './rules/schemas.ts'

const intake = staffProcedure('citizen_links.give')

/** Citizen links that intake creates and revokes. */
export const citizenLinksRouter = router({
  give: intake.input(linkInput).mutation(({ ctx, input }) => giveCitizenLink(ctx, input.reportId)),
  revoke: intake.input(linkInput).mutation(({ ctx, input }) => revokeLinksOfCitizen(ctx, input.reportId)),
})
