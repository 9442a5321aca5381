import { revokeClientInput } from '#server/api-clients/rules/schemas.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { revokeApiClient } from './commands/revoke-client.ts'

/** Revoking an API client, with all that is sent to its program. */
export const clientRevocationRouter = router({
  revoke: staffProcedure('integrations.edit')
    .input(revokeClientInput)
    .mutation(({ ctx, input }) => revokeApiClient(ctx, input)),
})
