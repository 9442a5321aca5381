'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchStreamLink, httpLink, splitLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { type ReactNode, useState } from 'react'
import { accountHeader } from '#server/accounts/rules/session.ts'
import { wire } from '#server/platform/rules/wire.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import { fetchThrough } from './leaving.ts'
import { makeQueryClient } from './query-client.ts'
import { sessionLink } from './session-link.ts'

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export { useTRPC, useTRPCClient }

const url = '/api/trpc'

/**
 * Reads asked for together travel together and each is shown as soon as it is there; a change travels alone. Each says for which account
 * the page was drawn: nothing that still waits here is done in the name of whoever signs in beside.
 */
function makeClient(accountId: string | undefined) {
  const headers = accountId === undefined ? {} : { [accountHeader]: accountId }
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

type Props = { accountId?: string; children: ReactNode }

/** `const trpc = useTRPC(); useQuery(trpc.me.view.queryOptions())` works anywhere below. */
export function TrpcProvider({ accountId, children }: Props) {
  const [queryClient] = useState(makeQueryClient)
  const [trpcClient] = useState(() => makeClient(accountId))
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}
