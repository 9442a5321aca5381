'use client'

import { useQuery } from '@tanstack/react-query'
import { Inbox } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { DeadlineChip } from '#components/reports/DeadlineChip.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { QueueRow } from '#server/reports/queries/queue-rows.ts'
import { queueOfCount } from '#server/reports/rules/incident-queues.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import type { QueuePageInput } from '#server/reports/rules/queue-input.ts'
import styles from './RecentReports.module.css'

const shown = 12

/** The newest reports of the incident; the queue has the rest. */
export function RecentReports({ incidentId }: { incidentId: string }) {
  const t = useTranslations('incidents.detail')
  const trpc = useTRPC()
  const queue = { ...queueOfCount(incidentId, 'total'), sort: 'received', dir: 'desc' } as const
  const list = useQuery(trpc.reports.queue.queryOptions({ queue: queue as QueuePageInput['queue'] }))
  const rows = list.data?.rows.slice(0, shown) ?? []
  const columns = ['deadline', 'report', 'state', 'agency', 'received'] as const
  return (
    <section aria-labelledby="incident-reports">
      <header className={styles.header}>
        <h2 id="incident-reports">{t('reports')}</h2>
        {rows.length > 0 && <Link href={`/reports?${queueAddress(queue)}`}>{t('allReports')}</Link>}
      </header>
      {list.isPending && <SkeletonRows rows={8} rowHeight={57} columns={[110, '3fr', '1fr', '1fr', 70]} />}
      {list.isError && <ErrorState onRetry={() => list.refetch()} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={Inbox} title={t('noReports')}>
          {t('noReportsSentence')}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <Table
          label={t('reports')}
          columns={columns.map((key) => ({
            key,
            label: t(`columns.${key}`),
            ...(key === 'received' && { width: 96 }),
          }))}
        >
          {rows.map((row) => (
            <ReportRow key={row.id} row={row} />
          ))}
        </Table>
      )}
    </section>
  )
}

function ReportRow({ row }: { row: QueueRow }) {
  const t = useTranslations('incidents.detail.columns')
  const states = useTranslations('reports.states')
  const nameIn = useNameIn()
  const place = [nameIn(row.category), row.areaName].filter(Boolean).join(' · ')
  return (
    <tr>
      <Cell label={t('deadline')}>
        {row.deadline.kind !== 'none' && <DeadlineChip deadline={row.deadline} short />}
      </Cell>
      <Cell heading>
        <Link href={`/reports/${row.code}`} className={styles.title}>
          {row.title}
        </Link>
        <span className={styles.second}>{place}</span>
      </Cell>
      <Cell label={t('state')}>
        <StatusChip status={row.state} variant="plain">
          {states(row.state)}
        </StatusChip>
      </Cell>
      <Cell label={t('agency')}>{row.agencyName}</Cell>
      <Cell label={t('received')}>
        <TimeText at={row.receivedAt} as="compact" />
      </Cell>
    </tr>
  )
}
