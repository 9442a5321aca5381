'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import type { AccountRow } from '#server/accounts/queries/accounts.ts'
import type { CreateAccount } from '#server/accounts/rules/schemas.ts'
import { sameRoles, valuesOf } from './account-form.ts'

type Saved = { id: string }

/**
 * Creates an account, or changes what differs: first the person, then the roles, each with its own event in the log.
 */
export function useSaveAccount(account: AccountRow | null) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (next: CreateAccount): Promise<Saved> => {
      if (!account) return client.accounts.create.mutate(next)
      const { username: _, roles, ...person } = next
      const before = valuesOf(account)
      const isSame = (['name', 'position', 'agencyId'] as const).every((field) => before[field] === person[field])
      let { version } = account
      if (!isSame || before.email !== (person.email ?? '')) {
        version = (await client.accounts.change.mutate({ ...person, accountId: account.id, version })).version
      }
      if (!sameRoles(before.roles, roles)) {
        await client.accounts.setRoles.mutate({ accountId: account.id, version, roles })
      }
      return { id: account.id }
    },
    onSettled: () => queries.invalidateQueries(trpc.accounts.list.pathFilter()),
  })
}
