import { heartbeatProcedure, router } from '#server/procedures/init.ts'
import { recordHeartbeat } from './commands/record-heartbeat.ts'
import { heartbeatInput } from './rules/presence.ts'

/** Sent by each open page every ten seconds. It does not extend the sign-in. */
const heartbeat = heartbeatProcedure('reports.read')
  .input(heartbeatInput)
  .mutation(({ ctx, input }) => recordHeartbeat(ctx, input))

export const presenceRouter = router({
  heartbeat,
  /** The old name, kept for one release: pages opened before the update still send under it. */
  beat: heartbeat,
})
