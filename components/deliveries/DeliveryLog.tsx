'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { Table } from '#components/ui/Table.tsx'
import type { LoggedDelivery } from '#server/deliveries/queries/log.ts'
import { deliveryStates } from '#server/deliveries/rules/delivery.ts'
import { type DeliveryFilter, deliveryAddress } from '#server/deliveries/rules/filters.ts'
import { deliveryLimits } from '#server/platform/rules/limits.ts'
import styles from './Deliveries.module.css'
import { DeliveryAttempts } from './DeliveryAttempts.tsx'
import { DeliveryFilters } from './DeliveryFilters.tsx'
import { DeliveryRow } from './DeliveryRow.tsx'

/** The log of all deliveries. It contains no data that identifies reporters. */
export function DeliveryLog({ filter }: { filter: DeliveryFilter }) {
  const t = useTranslations('deliveries')
  const trpc = useTRPC()
  const router = useRouter()
  const [opened, setOpened] = useState<LoggedDelivery | null>(null)
  const counts = useQuery(trpc.deliveries.counts.queryOptions(filter))
  const list = useInfiniteQuery(
    trpc.deliveries.log.infiniteQueryOptions(filter, {
      getNextPageParam: (page) => page.next,
      placeholderData: (before) => before,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.deliveries) ?? []
  const columns = [
    { key: 'at', label: t('log.columns.at'), width: 150 },
    { key: 'report', label: t('log.columns.report'), width: 150 },
    { key: 'what', label: t('log.columns.what'), width: 170 },
    { key: 'through', label: t('log.columns.through') },
    { key: 'state', label: t('log.columns.state'), width: '26%' },
    { key: 'proof', label: t('log.columns.proof'), width: 200 },
  ]
  const known = deliveryStates.filter((state) => (counts.data?.counts[state] ?? 0) > 0)
  return (
    <>
      <PageHeader title={t('log.title')} sentence={t('log.sentence')} />
      <DeliveryFilters
        key={JSON.stringify(filter)}
        filter={filter}
        onChange={(next) => router.push(deliveryAddress(next), { scroll: false })}
      />
      {known.length > 0 && (
        <ul className={styles.counts}>
          {known.map((state) => (
            <li key={state}>
              {t('log.counts', { state: t(`states.${state}`), count: counts.data?.counts[state] ?? 0 })}
            </li>
          ))}
          {counts.data?.isAll === false && <li>{t('log.countsOfLatest', { count: deliveryLimits.counted })}</li>}
        </ul>
      )}
      {list.isPending && <SkeletonRows rows={12} rowHeight={49} columns={[130, 130, '1fr', '1fr', '2fr', '1fr']} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={Send} title={t('log.empty')}>
          {t('log.emptySentence')}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <Table label={t('log.title')} columns={columns}>
          {rows.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} onOpen={() => setOpened(delivery)} />
          ))}
        </Table>
      )}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t('log.more')}
        </Button>
      )}
      {opened && <DeliveryAttempts delivery={opened} onClose={() => setOpened(null)} />}
    </>
  )
}
