import { placeLimits } from '#server/platform/rules/limits.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { Turns } from '#server/procedures/turns.ts'
import { placeAt } from './queries/at.ts'
import { findPlaces } from './queries/find.ts'
import { findPlacesInput, placeAtInput } from './rules/schemas.ts'

const turns = new Turns(placeLimits.lookups)

/** An address is looked up while it is typed: what one account asks never takes the database from others. */
const looking = staffProcedure('reports.read').use(({ ctx, next }) => turns.take(ctx.session.accountId, () => next()))

export const placesRouter = router({
  find: looking.input(findPlacesInput).query(({ ctx, input }) => findPlaces(ctx, input)),
  at: looking.input(placeAtInput).query(({ ctx, input }) => placeAt(ctx, input)),
})
