'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { EyeIcon } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { FileButton } from '#components/shell/FileButton.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { Table } from '#components/ui/Table.tsx'
import type { Look } from '#server/disclosures/queries/looks.ts'
import { disclosuresPath, type LookFilter, lookAddress, lookParameters } from '#server/disclosures/rules/filters.ts'
import styles from './Disclosures.module.css'
import { type Looker, LookFilters } from './LookFilters.tsx'
import { LookPersons } from './LookPersons.tsx'
import { LookRow } from './LookRow.tsx'

type Props = { filter: LookFilter; lookers: readonly Looker[] }

/** Who looked at whose data, why, and how many. Persons are masked: the auditor judges the look, not the citizen. */
export function Disclosures({ filter, lookers }: Props) {
  const t = useTranslations('disclosures')
  const trpc = useTRPC()
  const router = useRouter()
  const [opened, setOpened] = useState<Look | null>(null)
  const list = useInfiniteQuery(
    trpc.disclosures.list.infiniteQueryOptions(filter, {
      getNextPageParam: (page) => page.next,
      placeholderData: (before) => before,
    }),
  )
  const looks = list.data?.pages.flatMap((page) => page.looks) ?? []
  const columns = [
    { key: 'at', label: t('columns.at'), width: 150 },
    { key: 'who', label: t('columns.who'), width: '18%' },
    { key: 'purpose', label: t('columns.purpose'), width: '16%' },
    { key: 'persons', label: t('columns.persons'), width: 90, align: 'end' as const },
    { key: 'whom', label: t('columns.whom'), width: '24%' },
    { key: 'reason', label: t('columns.reason') },
  ]
  return (
    <>
      <PageHeader title={t('title')} sentence={t('sentence')} />
      <LookFilters
        key={JSON.stringify(filter)}
        filter={filter}
        lookers={lookers}
        onChange={(next) => router.push(lookAddress(next), { scroll: false })}
        aside={
          <FileButton address={disclosuresPath} fields={lookParameters(filter)} rows={Number.POSITIVE_INFINITY}>
            {t('export')}
          </FileButton>
        }
      />
      {list.isPending && <SkeletonRows rows={14} rowHeight={49} columns={[130, '1fr', '1fr', 60, '1fr', '2fr']} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && looks.length === 0 && (
        <EmptyState icon={EyeIcon} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      )}
      {looks.length > 0 && (
        <div data-stale={list.isPlaceholderData || undefined} className={styles.list}>
          <Table label={t('title')} columns={columns}>
            {looks.map((look) => (
              <LookRow key={look.id} look={look} onOpen={setOpened} />
            ))}
          </Table>
        </div>
      )}
      {list.hasNextPage && (
        <Button className={styles.more ?? ''} busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {opened && <LookPersons look={opened} onClose={() => setOpened(null)} />}
    </>
  )
}
