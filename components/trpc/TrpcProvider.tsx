'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchStreamLink, httpLink, splitLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { wire } from '#server/platform/rules/wire.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import { drawnFor } from './drawn-for.ts'
import { fetchThrough } from './leaving.ts'
import { makeQueryClient } from './query-client.ts'
import { sessionLink } from './session-link.ts'

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export { useTRPC, useTRPCClient }

const url = '/api/trpc'

/**
 * Queries issued together share one request, and each result is shown as soon as it is there; a mutation is sent alone.
 */
function makeClient(accountId: string | undefined) {
  const headers = drawnFor(accountId)
  return createTRPCClient<AppRouter>({
    links: [
      sessionLink,
      splitLink({
        condition: ({ type }) => type === 'query',
        true: httpBatchStreamLink({ url, headers, transformer: wire, maxURLLength: 4000, maxItems: 10 }),
        false: httpLink({ url, headers, transformer: wire, fetch: fetchThrough }),
      }),
    ],
  })
}

const DrawnForContext = createContext<Record<string, string>>({})

/** The headers for requests that are not procedure calls. */
export const useDrawnFor = (): Record<string, string> => useContext(DrawnForContext)

type Props = { accountId?: string; children: ReactNode }

/** `const trpc = useTRPC(); useQuery(trpc.me.view.queryOptions())` works anywhere below. */
export function TrpcProvider({ accountId, children }: Props) {
  const [queryClient] = useState(makeQueryClient)
  const [trpcClient] = useState(() => makeClient(accountId))
  const headers = useMemo(() => drawnFor(accountId), [accountId])
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        <DrawnForContext value={headers}>{children}</DrawnForContext>
      </TRPCProvider>
    </QueryClientProvider>
  )
}
