import { z } from 'zod'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { afterAction } from './queries/after-action.ts'
import { incidentLog } from './queries/incident-log.ts'

/** What an incident was and its outcome, from incidents, reports and bulletins together. */
export const afterActionRouter = router({
  log: staffProcedure('incidents.read')
    .input(z.uuid())
    .query(({ ctx, input }) => incidentLog(ctx, input)),
  report: staffProcedure('incidents.read')
    .input(z.uuid())
    .query(({ ctx, input }) => afterAction(ctx, input)),
})
