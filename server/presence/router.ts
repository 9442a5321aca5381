import { beatingProcedure, router } from '#server/trpc/init.ts'
import { beat } from './commands/record-heartbeat.ts'
import { beatInput } from './rules/presence.ts'

export const presenceRouter = router({
  /** Comes every ten seconds by itself, and keeps nobody signed in. */
  beat: beatingProcedure('reports.read')
    .input(beatInput)
    .mutation(({ ctx, input }) => beat(ctx, input)),
})
