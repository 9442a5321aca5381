'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { Substitutions } from './Substitutions.tsx'

type Props = { account: { id: string; name: string }; onClose: () => void }

/** The substitutions of one account, for an administrator. */
export function AccountSubstitutionsSheet({ account, onClose }: Props) {
  const t = useTranslations('accounts.substitutions')
  const trpc = useTRPC()
  const { data } = useQuery(trpc.accounts.substitutions.queryOptions({ accountId: account.id }))
  return (
    <Sheet open title={t('titleOf', { name: account.name })} width={520} onClose={onClose}>
      {data ? <Substitutions holderId={account.id} substitutions={data} /> : <Skeleton height={80} />}
    </Sheet>
  )
}
