'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Look } from '#server/disclosures/queries/looks.ts'
import styles from './Disclosures.module.css'
import { PersonLine } from './PersonLine.tsx'

/** Every person whose data one look showed. */
export function LookPersons({ look, onClose }: { look: Look; onClose: () => void }) {
  const t = useTranslations('disclosures')
  const trpc = useTRPC()
  const format = useFormat()
  const list = useInfiniteQuery(
    trpc.disclosures.persons.infiniteQueryOptions({ lookId: look.id }, { getNextPageParam: (page) => page.next }),
  )
  const persons = list.data?.pages.flatMap((page) => page.persons) ?? []
  return (
    <Sheet open title={t('personsOf', { name: look.account.name, when: format.dateTime(look.at) })} onClose={onClose}>
      <p className={styles.quiet}>{t('count', { persons: look.persons, reports: look.reports })}</p>
      {list.isPending && <SkeletonRows rows={8} rowHeight={24} columns={['1fr', '1fr']} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      <ul className={styles.persons}>
        {persons.map((person) => (
          <li key={person.reportId}>
            <PersonLine person={person} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className={styles.more ?? ''} busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Sheet>
  )
}
