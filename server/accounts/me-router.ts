import { router, staffProcedure } from '#server/trpc/init.ts'
import { myself } from './queries/me.ts'

const own = staffProcedure('session.own')

/** What an account sees and changes about itself. */
export const meRouter = router({
  view: own.query(({ ctx }) => myself(ctx)),
  /** Sent while the person is at work on a page; as for every mutation, the door writes down the use. */
  touch: own.mutation(() => null),
})
