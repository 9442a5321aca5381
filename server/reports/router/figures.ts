import { z } from 'zod'
import { calendarChange } from '#server/calendars/rules/schemas.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { dryRunDeadlines } from '../queries/deadline-dry-run.ts'
import { incidentFigures } from '../queries/incident-figures.ts'

/** Counts over reports that screens of other domains show. */
export const figuresRouter = router({
  incidents: staffProcedure('incidents.read')
    .input(z.uuid().nullable())
    .query(({ ctx, input }) => incidentFigures(ctx, input)),
  dryRun: staffProcedure('calendars.edit')
    .input(calendarChange)
    .query(({ ctx, input }) => dryRunDeadlines(ctx, input)),
})
