'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { Cell } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { FailedJob } from '#server/jobs/queries/failed-jobs.ts'
import styles from './FailedJobs.module.css'

type Props = { job: FailedJob; busy: boolean; onRetry: () => void }

/** One failed job: name, time, attempts, error. */
export function FailedJobRow({ job, busy, onRetry }: Props) {
  const t = useTranslations('jobs')
  const failures = useTranslations('failures')
  const format = useFormat()
  const key = `names.${job.job}` as Parameters<typeof t>[0]
  // A job queued by an older release may have no name any more.
  const name = t.has(key) ? t(key) : job.job
  return (
    <tr>
      <Cell heading>{name}</Cell>
      <Cell label={t('columns.failedAt')}>
        <time dateTime={job.failedAt.toISOString()} className={styles.at}>
          {format.dateTime(job.failedAt)}
        </time>
      </Cell>
      <Cell label={t('columns.attempts')} align="end">
        {format.number(job.attempts)}
      </Cell>
      <Cell label={t('columns.reason')}>
        {t(`reasons.${job.reason}`)}
        {job.fault && <span className={styles.fault}>{failures('code', { code: job.fault })}</span>}
      </Cell>
      <Cell actions>
        <Button size="small" busy={busy} aria-label={t('retryOf', { job: name })} onClick={onRetry}>
          {t('retry')}
        </Button>
      </Cell>
    </tr>
  )
}
