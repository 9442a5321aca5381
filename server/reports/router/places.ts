import { placeAt } from '#server/places/queries/at.ts'
import { findPlaces } from '#server/places/queries/find.ts'
import { findPlacesInput, placeAtInput } from '#server/places/rules/schemas.ts'
import { placeLimits } from '#server/platform/rules/limits.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { Turns } from '#server/procedures/turns.ts'
import { seenBy } from '../queries/scope.ts'

const turns = new Turns(placeLimits.lookups)

/** An address is looked up while it is typed: what one account asks never takes the database from others. */
const looking = staffProcedure('reports.read').use(({ ctx, next }) => turns.take(ctx.session.accountId, () => next()))

/** It belongs to the reports, because what is found depends on the reports that the account may see. */
export const placesRouter = router({
  find: looking
    .input(findPlacesInput)
    .query(({ ctx, input }) => findPlaces({ ...ctx, seen: seenBy(ctx.actor) }, input)),
  at: looking.input(placeAtInput).query(({ ctx, input }) => placeAt({ ...ctx, seen: seenBy(ctx.actor) }, input)),
})
