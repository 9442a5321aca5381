import { z } from 'zod'
import { closeIncidentInput } from '#server/incidents/rules/schemas.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { closeIncidentInSight } from './commands/close-incident.ts'
import { leftByClosing } from './queries/closing.ts'

/** Closing an incident after the user has seen what it leaves to the newsroom. */
export const incidentClosingRouter = router({
  left: staffProcedure('bulletins.read')
    .input(z.uuid())
    .query(({ ctx, input }) => leftByClosing(ctx, input)),
  close: staffProcedure('incidents.edit')
    .input(closeIncidentInput)
    .mutation(({ ctx, input }) => closeIncidentInSight(ctx, input)),
})
