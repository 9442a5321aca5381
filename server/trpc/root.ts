import { meRouter } from '#server/accounts/me-router.ts'
import { router } from './init.ts'

export const appRouter = router({
  me: meRouter,
})

export type AppRouter = typeof appRouter
