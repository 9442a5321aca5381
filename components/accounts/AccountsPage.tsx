'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { UserPlus, Users } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { Page } from '#components/ui/Page.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import type { AccountRow } from '#server/accounts/queries/accounts.ts'
import { AccountFilterBar } from './AccountFilterBar.tsx'
import { AccountForm } from './AccountForm.tsx'
import styles from './AccountsPage.module.css'
import { AccountTable } from './AccountTable.tsx'
import { LockedNetworks } from './LockedNetworks.tsx'
import { PasswordLinkDialog } from './PasswordLinkDialog.tsx'
import { useAccountFilters } from './use-account-filters.ts'

/** The accounts an administrator may manage: search, create, grant roles, disable. */
export function AccountsPage() {
  const t = useTranslations('accounts.admin')
  const trpc = useTRPC()
  const [filters, change] = useAccountFilters()
  const agencies = useQuery(trpc.accounts.grantableAgencies.queryOptions(undefined, { staleTime: 10 * 60_000 }))
  const list = useInfiniteQuery(
    trpc.accounts.list.infiniteQueryOptions(filters, {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: (before) => before,
    }),
  )
  const [opened, setOpened] = useState<AccountRow | 'new' | null>(null)
  const [linked, setLinked] = useState<{ id: string; name: string } | null>(null)
  const pages = list.data?.pages ?? []
  const accounts = pages.flatMap((page) => page.accounts)

  return (
    <Page>
      <PageHeader
        title={t('title')}
        aside={pages[0] && t('count', { count: pages[0].total })}
        actions={
          <Button variant="primary" icon={<UserPlus />} onClick={() => setOpened('new')}>
            {t('create')}
          </Button>
        }
      />
      <LockedNetworks />
      <AccountFilterBar filters={filters} agencies={agencies.data} onChange={change} />
      {list.isPending && <SkeletonRows rows={12} rowHeight={57} columns={['2fr', '2fr', '1fr', 140]} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && accounts.length === 0 && (
        <EmptyState icon={Users} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      )}
      {accounts.length > 0 && <AccountTable accounts={accounts} onEdit={setOpened} onLink={setLinked} />}
      {list.hasNextPage && (
        <Button className={styles.more} busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {opened && (
        <AccountForm
          account={opened === 'new' ? null : opened}
          agencies={agencies.data}
          onClose={() => setOpened(null)}
          onCreated={setLinked}
        />
      )}
      {linked && <PasswordLinkDialog account={linked} onClose={() => setLinked(null)} />}
    </Page>
  )
}
