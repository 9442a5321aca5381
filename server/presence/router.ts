import { heartbeatProcedure, router } from '#server/procedures/init.ts'
import { recordHeartbeat } from './commands/record-heartbeat.ts'
import { heartbeatInput } from './rules/presence.ts'

export const presenceRouter = router({
  /** Sent by each open page every ten seconds. It does not extend the sign-in. */
  heartbeat: heartbeatProcedure('reports.read')
    .input(heartbeatInput)
    .mutation(({ ctx, input }) => recordHeartbeat(ctx, input)),
})
