import { meRouter } from '#server/accounts/me-router.ts'
import { reportsRouter } from '#server/reports/router.ts'
import { router } from './init.ts'

export const appRouter = router({
  me: meRouter,
  reports: reportsRouter,
})

export type AppRouter = typeof appRouter
