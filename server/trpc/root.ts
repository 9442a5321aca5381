import { meRouter } from '#server/accounts/me-router.ts'
import { accountsRouter } from '#server/accounts/router.ts'
import { reportsRouter } from '#server/reports/router.ts'
import { router } from './init.ts'

export const appRouter = router({
  me: meRouter,
  accounts: accountsRouter,
  reports: reportsRouter,
})

export type AppRouter = typeof appRouter
