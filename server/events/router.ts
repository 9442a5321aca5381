import { z } from 'zod'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { checkSeals } from './commands/check-seals.ts'
import { eventNames, listEvents, sealState } from './queries.ts'
import { eventPageInput } from './rules/schemas.ts'

export const eventsRouter = router({
  list: staffProcedure('events.read')
    .input(eventPageInput)
    .query(({ ctx, input: { cursor, ...filter } }) => listEvents(ctx, filter, cursor ?? null)),
  names: staffProcedure('events.read').query(({ ctx }) => eventNames(ctx)),
  seals: staffProcedure('events.read').query(({ ctx }) => sealState(ctx)),
  checkSeals: staffProcedure('events.read')
    .input(z.object({ from: z.string().date().nullable() }))
    .mutation(({ ctx, input }) => checkSeals(ctx, input)),
})
