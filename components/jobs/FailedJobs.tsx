'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Table } from '#components/ui/Table.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { FailedJobs as Failed } from '#server/jobs/queries/failed-jobs.ts'
import { FailedJobRow } from './FailedJobRow.tsx'
import styles from './FailedJobs.module.css'

/** Background jobs that are no longer retried. An administrator retries one of them, or all that are shown. */
export function FailedJobs({ initial }: { initial: Failed }) {
  const t = useTranslations('jobs')
  const format = useFormat()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const refusalText = useRefusalText()
  const list = useQuery({ ...trpc.jobs.failed.queryOptions(), initialData: initial })
  const retry = useMutation(
    trpc.jobs.retry.mutationOptions({
      onSuccess: ({ count }) => toast({ text: t('retried', { count }), tone: 'success' }),
      onError: (error) => toast({ text: refusalText(error), tone: 'failure' }),
      onSettled: () => queries.invalidateQueries(trpc.jobs.failed.pathFilter()),
    }),
  )
  const { jobs, total } = list.data
  const asked = retry.isPending ? retry.variables.ids : []
  const columns = [
    { key: 'job', label: t('columns.job'), width: '30%' },
    { key: 'failedAt', label: t('columns.failedAt'), width: 150 },
    { key: 'attempts', label: t('columns.attempts'), width: 110, align: 'end' as const },
    { key: 'reason', label: t('columns.reason') },
    { key: 'retry', label: t('columns.retry'), quiet: true, width: 120 },
  ]
  const all = (
    <Button
      icon={<RotateCw size={16} aria-hidden="true" />}
      busy={asked.length > 1}
      onClick={() => retry.mutate({ ids: jobs.map(({ id }) => id) })}
    >
      {t('retryAll')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        {...(total > 0 && { aside: format.number(total) })}
        sentence={t('sentence')}
        {...(jobs.length > 1 && { actions: all })}
      />
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {jobs.length === 0 && (
        <EmptyState
          icon={CircleCheck}
          title={t('empty')}
          action={
            <Button busy={list.isFetching} onClick={() => list.refetch()}>
              {t('refresh')}
            </Button>
          }
        >
          {t('emptySentence')}
        </EmptyState>
      )}
      {jobs.length > 0 && (
        <Table label={t('title')} columns={columns}>
          {jobs.map((job) => (
            <FailedJobRow
              key={job.id}
              job={job}
              busy={asked.includes(job.id)}
              onRetry={() => retry.mutate({ ids: [job.id] })}
            />
          ))}
        </Table>
      )}
      {total > jobs.length && <p className={styles.more}>{t('more', { shown: jobs.length, total })}</p>}
    </>
  )
}
