'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchStreamLink, httpLink, splitLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { type ReactNode, useState } from 'react'
import { wire } from '#server/platform/rules/wire.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import { fetchThrough } from './leaving.ts'
import { makeQueryClient } from './query-client.ts'
import { sessionLink } from './session-link.ts'

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export { useTRPC, useTRPCClient }

const url = '/api/trpc'

/** Reads asked for together travel together and each is shown as soon as it is there; a change travels alone. */
function makeClient() {
  return createTRPCClient<AppRouter>({
    links: [
      sessionLink,
      splitLink({
        condition: ({ type }) => type === 'query',
        true: httpBatchStreamLink({ url, transformer: wire, maxURLLength: 4000, maxItems: 10 }),
        false: httpLink({ url, transformer: wire, fetch: fetchThrough }),
      }),
    ],
  })
}

/** `const trpc = useTRPC(); useQuery(trpc.me.view.queryOptions())` works anywhere below. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient)
  const [trpcClient] = useState(makeClient)
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}
