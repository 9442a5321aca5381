import { router, staffProcedure } from '#server/procedures/init.ts'
import { areaMap, validAreas } from './queries.ts'

export const areasRouter = router({
  valid: staffProcedure('session.own').query(({ ctx }) => validAreas(ctx.db, ctx.now())),
  map: staffProcedure('session.own').query(({ ctx }) => areaMap(ctx.db, ctx.now())),
})
