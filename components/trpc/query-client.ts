import { QueryClient } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'

/** Two more tries, a second and two after the first: then the person is told, and tries again as he likes. */
const attempts = 2

/**
 * One per page load: nothing of one sign-in outlives it. Without a line a request fails and is told so at once: one that waited unseen
 * would go off when nobody thinks of it any more.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 10 * 60_000,
        retry: isWorthRetrying,
        networkMode: 'always',
        refetchOnReconnect: true,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

/** The line or the server may come back; what was understood and refused stays refused. */
function isWorthRetrying(failures: number, error: Error): boolean {
  const status = error instanceof TRPCClientError ? error.data?.httpStatus : undefined
  return failures < attempts && (typeof status !== 'number' || status >= 500)
}
