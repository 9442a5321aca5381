import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'
import { refusalOf } from './refusal.ts'
import { endSession } from './session-end.ts'

const attempts = 3

/** One per page load: nothing of one sign-in outlives it. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: noticeSessionEnd }),
    mutationCache: new MutationCache({ onError: noticeSessionEnd }),
    defaultOptions: {
      queries: { staleTime: 15_000, gcTime: 10 * 60_000, retry: isWorthRetrying },
      mutations: { retry: false },
    },
  })
}

/** The line or the server may come back; what was understood and refused stays refused. */
function isWorthRetrying(failures: number, error: Error): boolean {
  const status = error instanceof TRPCClientError ? error.data?.httpStatus : undefined
  return failures < attempts && (typeof status !== 'number' || status >= 500)
}

/** For requests that no query cache watches. */
export function noticeSessionEnd(error: unknown): void {
  const code = refusalOf(error)?.code
  if (isSessionRefusal(code)) endSession(code)
}
