import { router, staffProcedure } from '#server/procedures/init.ts'
import { countLookup } from './lookups.ts'
import { placeAt } from './queries/at.ts'
import { findPlaces } from './queries/find.ts'
import { findPlacesInput, placeAtInput } from './rules/schemas.ts'

const looking = staffProcedure('reports.read').use(async ({ ctx, next }) => {
  await countLookup(ctx.session.accountId)
  return next()
})

export const placesRouter = router({
  find: looking.input(findPlacesInput).query(({ ctx, input }) => findPlaces(ctx, input)),
  at: looking.input(placeAtInput).query(({ ctx, input }) => placeAt(ctx, input)),
})
