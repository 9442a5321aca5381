'use client'

import { useQuery } from '@tanstack/react-query'
import { Newspaper } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import styles from './Rows.module.css'

/** The bulletins issued for the incident, the newest first. */
export function IncidentBulletins({ incidentId }: { incidentId: string }) {
  const t = useTranslations('incidents.bulletins')
  const trpc = useTRPC()
  const log = useQuery(trpc.afterAction.log.queryOptions(incidentId))
  const issued = (log.data ?? []).filter((entry) => entry.kind === 'bulletin').toReversed()
  if (log.isPending) return <SkeletonRows rows={6} rowHeight={44} columns={[130, 60, '4fr']} />
  if (log.isError) return <ErrorState error={log.error} onRetry={() => log.refetch()} />
  if (issued.length === 0) {
    return (
      <EmptyState icon={Newspaper} title={t('empty')}>
        {t('emptySentence')}
      </EmptyState>
    )
  }
  return (
    <Table
      label={t('columns.title')}
      columns={[
        { key: 'at', label: t('columns.at'), width: 170 },
        { key: 'number', label: t('columns.number'), width: 70 },
        { key: 'title', label: t('columns.title') },
      ]}
    >
      {issued.map((entry) => (
        <tr key={entry.id}>
          <Cell label={t('columns.at')}>
            <TimeText at={entry.at} as="exact" />
          </Cell>
          <Cell label={t('columns.number')}>{entry.number}</Cell>
          <Cell heading>
            <Link href={`/bulletins/${entry.bulletinId}`} className={styles.title} lang="vi">
              {entry.title}
            </Link>
          </Cell>
        </tr>
      ))}
    </Table>
  )
}
