'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import type { Mailing, MailingRun } from '#server/insights/queries/mailings.ts'
import styles from './MailingList.module.css'
import { RunState } from './RunState.tsx'

/** What became of each time: who has it, who was left out and why, what went wrong. */
export function RunLog({ mailing, onClose }: { mailing: Mailing; onClose: () => void }) {
  const t = useTranslations('mailings.runs')
  const trpc = useTRPC()
  const { data, error, refetch } = useQuery(trpc.insights.mailingRuns.queryOptions(mailing.id))
  return (
    <Sheet open title={t('title', { name: mailing.name })} onClose={onClose}>
      {error ? (
        <ErrorState onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={4} rowHeight={56} columns={['1fr']} />
      ) : data.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <ol className={styles.runs}>
          {data.map((run) => (
            <Run key={run.id} run={run} />
          ))}
        </ol>
      )}
    </Sheet>
  )
}

function Run({ run }: { run: MailingRun }) {
  const t = useTranslations('mailings.runs')
  const problems = useTranslations('mailings.problems')
  const { attempts, startedAt, finishedAt, sentTo, leftOut } = run
  const took = startedAt && finishedAt && Math.ceil((finishedAt.getTime() - startedAt.getTime()) / 1000)
  const notes = [attempts > 1 && t('attempts', { count: attempts }), took !== null && t('took', { seconds: took })]
  return (
    <li className={styles.run}>
      <RunState run={run} />
      {notes.some(Boolean) && <p>{notes.filter(Boolean).join(' · ')}</p>}
      {sentTo.length > 0 && <p>{t('sentTo', { names: sentTo.join(', ') })}</p>}
      {leftOut.map(({ name, why }) => (
        <p key={name}>{t('leftOut', { name, why: problems(why) })}</p>
      ))}
    </li>
  )
}
