import { router, staffProcedure } from '#server/procedures/init.ts'
import { listAgencies, validAgencies } from './queries.ts'

export const agenciesRouter = router({
  all: staffProcedure('session.own').query(({ ctx }) => listAgencies(ctx.db)),
  valid: staffProcedure('session.own').query(({ ctx }) => validAgencies(ctx.db, ctx.now())),
})
