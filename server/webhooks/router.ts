import { z } from 'zod'
import { assertConfirmed } from '#server/accounts/commands/confirm-identity.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import {
  changeWebhook,
  createWebhook,
  endWebhook,
  pauseWebhook,
  resumeWebhook,
  rotateSecret,
} from './commands/keep-webhooks.ts'
import { replayDeliveries, testWebhook } from './commands/replay.ts'
import { clientChoices, deliveryById, listDeliveries, listWebhooks, webhookById } from './queries/webhooks.ts'
import {
  changeWebhookInput,
  createWebhookInput,
  deliveriesInput,
  deliveryInput,
  replayInput,
  rotateSecretInput,
  seenWebhook,
} from './rules/schemas.ts'

const admin = staffProcedure('integrations.edit')
/**
 * A webhook gives data to an address, and its secret proves the sender: both need a recent confirmation of identity.
 */
const confirmed = admin.use(async ({ ctx, next }) => {
  await assertConfirmed(ctx, ctx.session.id)
  return next()
})

export const webhooksRouter = router({
  list: admin.query(({ ctx }) => listWebhooks(ctx)),
  byId: admin.input(z.uuid()).query(({ ctx, input }) => webhookById(ctx, input)),
  clients: admin.query(({ ctx }) => clientChoices(ctx)),
  deliveries: admin.input(deliveriesInput).query(({ ctx, input }) => listDeliveries(ctx, input)),
  delivery: admin.input(deliveryInput).query(({ ctx, input }) => deliveryById(ctx, input)),
  create: confirmed.input(createWebhookInput).mutation(({ ctx, input }) => createWebhook(ctx, input)),
  change: confirmed.input(changeWebhookInput).mutation(({ ctx, input }) => changeWebhook(ctx, input)),
  pause: admin.input(seenWebhook).mutation(({ ctx, input }) => pauseWebhook(ctx, input)),
  resume: admin.input(seenWebhook).mutation(({ ctx, input }) => resumeWebhook(ctx, input)),
  end: admin.input(seenWebhook).mutation(({ ctx, input }) => endWebhook(ctx, input)),
  rotate: confirmed.input(rotateSecretInput).mutation(({ ctx, input }) => rotateSecret(ctx, input)),
  test: admin.input(seenWebhook).mutation(({ ctx, input }) => testWebhook(ctx, input)),
  replay: admin.input(replayInput).mutation(({ ctx, input }) => replayDeliveries(ctx, input)),
})
