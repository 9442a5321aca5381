import { assertConfirmed } from '#server/accounts/commands/confirm-identity.ts'
import { grantableAgencies } from '#server/accounts/queries/accounts.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import {
  changeApiClient,
  createApiClient,
  endReadingKeys,
  makeReadingKey,
  rotateApiKey,
} from './commands/keep-clients.ts'
import { listApiClients } from './queries/clients.ts'
import { changeClientInput, createClientInput, rotateKeyInput, seenClientInput } from './rules/schemas.ts'

const admin = staffProcedure('integrations.edit')
/** Keys and permissions give access: granting them requires a recent confirmation of identity. */
const confirmed = admin.use(async ({ ctx, next }) => {
  await assertConfirmed(ctx, ctx.session.id)
  return next()
})

export const apiClientsRouter = router({
  list: admin.query(({ ctx }) => listApiClients(ctx)),
  agencies: admin.query(({ ctx }) => grantableAgencies(ctx)),
  create: confirmed.input(createClientInput).mutation(({ ctx, input }) => createApiClient(ctx, input)),
  change: confirmed.input(changeClientInput).mutation(({ ctx, input }) => changeApiClient(ctx, input)),
  rotate: confirmed.input(rotateKeyInput).mutation(({ ctx, input }) => rotateApiKey(ctx, input)),
  makeReadingKey: confirmed.input(rotateKeyInput).mutation(({ ctx, input }) => makeReadingKey(ctx, input)),
  endReadingKeys: admin.input(seenClientInput).mutation(({ ctx, input }) => endReadingKeys(ctx, input)),
})
