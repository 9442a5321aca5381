'use client'

import { useQuery } from '@tanstack/react-query'
import { Combine, Inbox } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCategoryNames } from '#components/categories/CategoryNames.tsx'
import { DeadlineChip } from '#components/reports/DeadlineChip.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { KeyWords } from '#components/ui/KeyWords.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import type { QueueRow } from '#server/reports/queries/queue-rows.ts'
import { queueOfCount } from '#server/reports/rules/incident-queues.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import type { QueuePageInput } from '#server/reports/rules/queue-input.ts'
import { ChoiceBar } from './ChoiceBar.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import styles from './Rows.module.css'
import { useRowKeys } from './use-row-keys.ts'

/** The newest reports of the incident; the queue has the rest. Several about one matter can be merged here. */
export function IncidentReports({ incidentId, mayMerge }: { incidentId: string; mayMerge: boolean }) {
  const t = useTranslations('incidents')
  const trpc = useTRPC()
  const [isMerging, setMerging] = useState(false)
  const queue = { ...queueOfCount(incidentId, 'total'), sort: 'received', dir: 'desc' } as const
  const list = useQuery(trpc.reports.queue.queryOptions({ queue: queue as QueuePageInput['queue'] }))
  const rows = list.data?.rows ?? []
  const keys = useRowKeys(rows)
  const chosen = rows.filter(({ id }) => keys.isSelected(id))
  const columns = ['deadline', 'report', 'state', 'agency', 'received'] as const
  return (
    <section aria-labelledby="incident-reports">
      <header className={styles.header}>
        <h2 id="incident-reports" className={styles.heading}>
          {t('detail.reports')}
        </h2>
        {rows.length > 0 && <Link href={`/reports?${queueAddress(queue)}`}>{t('detail.allReports')}</Link>}
      </header>
      {list.isPending && <SkeletonRows rows={8} rowHeight={57} columns={[110, '3fr', '1fr', '1fr', 70]} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={Inbox} title={t('detail.noReports')}>
          {t.rich('detail.noReportsSentence', { keys: (keys) => <KeyWords>{keys}</KeyWords> })}
        </EmptyState>
      )}
      {mayMerge && chosen.length > 0 && (
        <ChoiceBar count={chosen.length} onClear={keys.clear}>
          {chosen.length > 1 && (
            <Button size="small" icon={<Combine />} onClick={() => setMerging(true)}>
              {t('merge.action')}
            </Button>
          )}
        </ChoiceBar>
      )}
      {rows.length > 0 && (
        <Table
          label={t('detail.reports')}
          columns={[
            ...(mayMerge ? [{ key: 'choose', label: t('detail.columns.choose'), quiet: true, width: 44 }] : []),
            ...columns.map((key) => ({
              key,
              label: t(`detail.columns.${key}`),
              ...(key === 'received' && { width: 96 }),
            })),
          ]}
        >
          {rows.map((row) => (
            <ReportRow key={row.id} row={row} keys={keys} mayChoose={mayMerge} />
          ))}
        </Table>
      )}
      {isMerging && (
        <MergeDialog
          rows={chosen}
          onClose={(done) => {
            setMerging(false)
            if (done) keys.clear()
          }}
        />
      )}
    </section>
  )
}

type RowProps = { row: QueueRow; keys: ReturnType<typeof useRowKeys>; mayChoose: boolean }

function ReportRow({ row, keys, mayChoose }: RowProps) {
  const t = useTranslations('incidents')
  const states = useTranslations('reports.states')
  const { name } = useCategoryNames()(row.categoryCode)
  const place = [name, row.areaName].filter(Boolean).join(' · ')
  return (
    <tr data-row={row.id} className={styles.row} data-focused={keys.focusedId === row.id || undefined}>
      {mayChoose && (
        <Cell actions>
          <input
            type="checkbox"
            className={styles.box}
            aria-label={t('choice.choose', { code: row.code })}
            checked={keys.isSelected(row.id)}
            onChange={() => keys.toggle(row.id)}
          />
        </Cell>
      )}
      <Cell label={t('detail.columns.deadline')}>
        {row.deadline.kind !== 'none' && <DeadlineChip deadline={row.deadline} short />}
      </Cell>
      <Cell heading>
        <Link href={`/reports/${row.code}`} className={styles.title} lang="vi">
          {row.title}
        </Link>
        <span className={styles.second}>{place}</span>
      </Cell>
      <Cell label={t('detail.columns.state')}>
        <StatusChip status={row.state} variant="plain">
          {states(row.state)}
        </StatusChip>
      </Cell>
      <Cell label={t('detail.columns.agency')}>{row.agencyName}</Cell>
      <Cell label={t('detail.columns.received')}>
        <TimeText at={row.receivedAt} as="compact" />
      </Cell>
    </tr>
  )
}
