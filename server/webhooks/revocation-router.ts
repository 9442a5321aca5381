import { seenClientInput } from '#server/api-clients/rules/schemas.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { revokeApiClient } from './commands/revoke-client.ts'

/** Revokes an API client together with its webhooks and its gateway. */
export const clientRevocationRouter = router({
  revoke: staffProcedure('integrations.edit')
    .input(seenClientInput)
    .mutation(({ ctx, input }) => revokeApiClient(ctx, input)),
})
