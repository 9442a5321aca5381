'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { Loans as LoansView } from '#server/accounts/queries/substitutions.ts'
import { Loans } from './Substitutions.tsx'

/** What the account at the desk lends and is lent. */
export function OwnLoans({ holderId, initial }: { holderId: string; initial: LoansView }) {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.me.loans.queryOptions(undefined, { initialData: initial, refetchOnMount: false }))
  return <Loans holderId={holderId} loans={data} />
}
