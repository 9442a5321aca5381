import type { TRPCLink } from '@trpc/client'
import { tap } from '@trpc/server/observable'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import { refusalOf } from './refusal.ts'
import { endSession } from './session-end.ts'

/** For every request, cached or not: a session that has ended locks the page at once. */
export const sessionLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    next(op).pipe(
      tap({
        error: (error) => {
          const code = refusalOf(error)?.code
          if (isSessionRefusal(code)) endSession(code)
        },
      }),
    )
