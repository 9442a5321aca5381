'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { Substitutions as SubstitutionsView } from '#server/accounts/queries/substitutions.ts'
import { Substitutions } from './Substitutions.tsx'

/** The substitutions in which the signed-in account is holder or substitute. */
export function OwnSubstitutions({ holderId, initial }: { holderId: string; initial: SubstitutionsView }) {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.me.substitutions.queryOptions(undefined, { initialData: initial, refetchOnMount: false }),
  )
  return <Substitutions holderId={holderId} substitutions={data} />
}
