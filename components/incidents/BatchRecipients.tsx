'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { BatchRecipient, BatchView } from '#server/reports/queries/answer-batches.ts'
import styles from './Batch.module.css'
import rows from './Rows.module.css'
import { useRefusalReasonWords } from './use-refusal-reason-words.ts'

/** What became of each report, failures first; updates while answers or notices are being sent. */
export function BatchRecipients({ batch }: { batch: BatchView }) {
  const t = useTranslations('incidents.answers')
  const trpc = useTRPC()
  const isMoving = batch.state === 'sending' || batch.leaving > 0
  const list = useQuery({
    ...trpc.incidentDesk.recipients.queryOptions(batch.id),
    refetchInterval: isMoving ? 1500 : false,
  })
  const { refetch } = list
  // The last answers may be sent between two polls: one more query shows them.
  useEffect(() => {
    if (!isMoving) void refetch({ cancelRefetch: false })
  }, [isMoving, refetch])
  if (list.isPending) return <SkeletonRows rows={3} rowHeight={40} columns={['3fr', '1fr', '1fr']} />
  if (list.isError) return <ErrorState error={list.error} onRetry={() => list.refetch()} />
  return (
    <Table
      label={t('recipients')}
      columns={(['report', 'area', 'status', 'reason', 'at'] as const).map((key) => ({
        key,
        label: t(`columns.${key}`),
        ...(key === 'at' && { width: 90 }),
      }))}
    >
      {list.data.map((row) => (
        <RecipientRow key={row.reportId} row={row} isNotice={batch.kind === 'notice'} />
      ))}
    </Table>
  )
}

function RecipientRow({ row, isNotice }: { row: BatchRecipient; isNotice: boolean }) {
  const t = useTranslations('incidents.answers')
  const format = useFormat()
  const refusalReasonOf = useRefusalReasonWords()
  const status = standingOf(row)
  return (
    <tr>
      <Cell heading>
        <Link href={`/reports/${row.code}`} className={rows.title} lang="vi">
          {row.title}
        </Link>
        <span className={rows.second}>{row.code}</span>
      </Cell>
      <Cell label={t('columns.area')}>{row.area}</Cell>
      <Cell label={t('columns.status')}>
        <span className={styles.status} data-status={status}>
          {isNotice && status === 'skipped' ? t('notice.skipped') : t(`statuses.${status}`)}
        </span>
      </Cell>
      <Cell label={t('columns.reason')}>{row.refusal && refusalReasonOf(row.refusal)}</Cell>
      <Cell label={t('columns.at')}>{row.settledAt && format.time(row.sentAt ?? row.settledAt)}</Cell>
    </tr>
  )
}

/** The answer of an answered report has its own state: waiting to be sent, sent, or withdrawn. */
function standingOf({ status, answerStatus }: BatchRecipient) {
  if (status !== 'answered' && status !== 'submitted') return status
  if (answerStatus === 'queued') return 'leaving'
  if (answerStatus === 'sent' || answerStatus === 'withdrawn' || answerStatus === 'submitted') return answerStatus
  return status
}
