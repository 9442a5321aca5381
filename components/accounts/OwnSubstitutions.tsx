'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { Substitutions as SubstitutionsView } from '#server/accounts/queries/substitutions.ts'
import { Substitutions } from './Substitutions.tsx'

/** What the account at the desk lends and is lent. */
export function OwnSubstitutions({ holderId, initial }: { holderId: string; initial: SubstitutionsView }) {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.me.substitutions.queryOptions(undefined, { initialData: initial, refetchOnMount: false }),
  )
  return <Substitutions holderId={holderId} substitutions={data} />
}
