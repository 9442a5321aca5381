'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { Table } from '#components/ui/Table.tsx'
import type { SealState } from '#server/events/queries.ts'
import { type EventFilter, logAddress } from '#server/events/rules/filters.ts'
import { EventFilters } from './EventFilters.tsx'
import styles from './EventLog.module.css'
import { EventRow } from './EventRow.tsx'
import { SealPanel } from './SealPanel.tsx'
import { useDetailWords } from './use-detail-words.ts'

type Props = { filter: EventFilter; names: string[]; seals: SealState }

/** The event log, newest first. The filter is stored in the address, so that a finding can be sent to a colleague. */
export function EventLog({ filter, names, seals }: Props) {
  const t = useTranslations('events')
  const trpc = useTRPC()
  const router = useRouter()
  const list = useInfiniteQuery(
    trpc.events.list.infiniteQueryOptions(filter, {
      getNextPageParam: (page) => page.next,
      placeholderData: (before) => before,
    }),
  )
  const pages = list.data?.pages
  const entries = pages?.flatMap((page) => page.entries) ?? []
  const called = useMemo(() => Object.assign({}, ...(pages ?? []).map((page) => page.names)), [pages])
  const words = useDetailWords(called)
  const columns = [
    { key: 'at', label: t('columns.at'), width: 150 },
    { key: 'who', label: t('columns.who'), width: '18%' },
    { key: 'what', label: t('columns.what'), width: '22%' },
    { key: 'subject', label: t('columns.subject'), width: '18%' },
    { key: 'details', label: t('columns.details') },
  ]
  return (
    <>
      <PageHeader title={t('title')} sentence={t('sentence')} />
      <SealPanel initial={seals} />
      <EventFilters
        key={JSON.stringify(filter)}
        filter={filter}
        names={names}
        onChange={(next) => router.push(logAddress(next), { scroll: false })}
      />
      {list.isPending && <SkeletonRows rows={14} rowHeight={49} columns={[130, '1fr', '1fr', '1fr', '2fr']} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && entries.length === 0 && (
        <EmptyState icon={ScrollText} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      )}
      {entries.length > 0 && (
        <div data-stale={list.isPlaceholderData || undefined} className={styles.list}>
          <Table label={t('title')} columns={columns}>
            {entries.map((entry) => (
              <EventRow key={entry.id} entry={entry} names={called} words={words} />
            ))}
          </Table>
        </div>
      )}
      {list.hasNextPage && (
        <Button className={styles.more ?? ''} busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
