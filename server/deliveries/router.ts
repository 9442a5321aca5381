import { assertConfirmed } from '#server/accounts/commands/confirm-identity.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { addressLetter } from './commands/address-letter.ts'
import { correctContact, markPosted, markTold, sendAgain, sendBy } from './commands/handle-delivery.ts'
import {
  changeGateway,
  createGateway,
  pauseGateway,
  readdressReceipts,
  removeGateway,
  replaceSecret,
  resumeGateway,
} from './commands/keep-gateways.ts'
import { testGateway } from './commands/test-gateway.ts'
import { clientsWithoutGateway, listGateways } from './queries/gateways.ts'
import { letterOf } from './queries/letter.ts'
import { deliveryAttemptsOf, deliveryCounts, deliveryLog } from './queries/log.ts'
import { deliveryOverview, undelivered } from './queries/undelivered.ts'
import { receiptPath } from './rules/receipts.ts'
import {
  attemptsInput,
  changeGatewayInput,
  chooseChannelInput,
  correctContactInput,
  createGatewayInput,
  deliveryInput,
  deliveryPageInput,
  gatewayInput,
  letterInput,
  replaceSecretInput,
  testGatewayInput,
  toldInput,
  undeliveredInput,
} from './rules/schemas.ts'

const intake = staffProcedure('deliveries.handle')
const admin = staffProcedure('gateways.edit')
/** Gateways receive the messages of the whole city: changes require a recent confirmation of identity. */
const confirmed = admin.use(async ({ ctx, next }) => {
  await assertConfirmed(ctx, ctx.session.id)
  return next()
})

/** Messages to reporters and their outcome. */
export const deliveriesRouter = router({
  undelivered: intake.input(undeliveredInput).query(({ ctx, input }) => undelivered(ctx, input.cursor ?? null)),
  overview: intake.query(({ ctx }) => deliveryOverview(ctx)),
  letter: intake.input(attemptsInput).query(({ ctx, input }) => letterOf(ctx, input.id)),
  addressLetter: intake.input(letterInput).mutation(({ ctx, input }) => addressLetter(ctx, ctx.session.id, input)),
  sendAgain: intake.input(deliveryInput).mutation(({ ctx, input }) => sendAgain(ctx, input)),
  sendBy: intake.input(chooseChannelInput).mutation(({ ctx, input }) => sendBy(ctx, input)),
  correctContact: intake.input(correctContactInput).mutation(({ ctx, input }) => correctContact(ctx, input)),
  markPosted: intake.input(deliveryInput).mutation(({ ctx, input }) => markPosted(ctx, input)),
  markTold: intake.input(toldInput).mutation(({ ctx, input }) => markTold(ctx, input)),
  log: admin
    .input(deliveryPageInput)
    .query(({ ctx, input: { cursor, ...filter } }) => deliveryLog(ctx, filter, cursor ?? null)),
  counts: admin
    .input(deliveryPageInput)
    .query(({ ctx, input: { cursor: _, ...filter } }) => deliveryCounts(ctx, filter)),
  attempts: admin.input(attemptsInput).query(({ ctx, input }) => deliveryAttemptsOf(ctx, input.id)),
})

export const gatewaysRouter = router({
  list: admin.query(({ ctx }) => listGateways(ctx)),
  clients: admin.query(({ ctx }) => clientsWithoutGateway(ctx)),
  create: confirmed.input(createGatewayInput).mutation(({ ctx, input }) => createGateway(ctx, input)),
  change: confirmed.input(changeGatewayInput).mutation(({ ctx, input }) => changeGateway(ctx, input)),
  replaceSecret: confirmed.input(replaceSecretInput).mutation(({ ctx, input }) => replaceSecret(ctx, input)),
  readdressReceipts: confirmed.input(gatewayInput).mutation(async ({ ctx, input }) => {
    const { token, ...kept } = await readdressReceipts(ctx, input)
    return { ...kept, address: new URL(`${receiptPath}/${token}`, ctx.home ?? 'http://localhost').href }
  }),
  pause: admin.input(gatewayInput).mutation(({ ctx, input }) => pauseGateway(ctx, input)),
  resume: confirmed.input(gatewayInput).mutation(({ ctx, input }) => resumeGateway(ctx, input)),
  remove: confirmed.input(gatewayInput).mutation(({ ctx, input }) => removeGateway(ctx, input)),
  test: confirmed.input(testGatewayInput).mutation(({ ctx, input }) => testGateway(ctx, input)),
})
