'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Mailing, MailingRun } from '#server/insights/queries/mailings.ts'
import { repeatableStates } from '#server/insights/rules/mailing.ts'
import styles from './MailingList.module.css'
import { RunState } from './RunState.tsx'

/** The outcome of each run: who has it, who was left out and why, what went wrong. */
type Props = { mailing: Mailing; hasServer: boolean; onClose: () => void }

export function RunLog({ mailing, hasServer, onClose }: Props) {
  const t = useTranslations('mailings.runs')
  const done = useTranslations('mailings.done')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { id, version } = mailing
  const { data, error, refetch } = useQuery(trpc.insights.mailingRuns.queryOptions(id))
  const refresh = () => {
    void queries.invalidateQueries(trpc.insights.mailings.pathFilter())
    void queries.invalidateQueries(trpc.insights.mailingRuns.pathFilter())
  }
  const again = useMutation(
    trpc.insights.sendMailingAgain.mutationOptions({
      onSuccess: () => {
        refresh()
        toast({ text: done('again'), tone: 'success' })
        onClose()
      },
      onError: (error) => {
        refresh()
        toast({ text: textOf(error), tone: 'failure' })
      },
    }),
  )
  const mayRepeat = hasServer && !again.isPending
  return (
    <Sheet open title={t('title', { name: mailing.name })} onClose={onClose}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={4} rowHeight={56} columns={['1fr']} />
      ) : data.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <ol className={styles.runs}>
          {data.map((run) => (
            <Run
              key={run.id}
              run={run}
              hasServer={hasServer}
              onAgain={mayRepeat ? () => again.mutate({ id, version, runId: run.id }) : null}
            />
          ))}
        </ol>
      )}
    </Sheet>
  )
}

type RunProps = { run: MailingRun; hasServer: boolean; onAgain: (() => void) | null }

function Run({ run, hasServer, onAgain }: RunProps) {
  const t = useTranslations('mailings.runs')
  const problems = useTranslations('mailings.problems')
  const format = useFormat()
  const { state, attempts, dueAt, startedAt, finishedAt, sentTo, unsure, leftOut } = run
  const took = startedAt && finishedAt && Math.ceil((finishedAt.getTime() - startedAt.getTime()) / 1000)
  const notes = [attempts > 1 && t('attempts', { count: attempts }), took !== null && t('took', { seconds: took })]
  return (
    <li className={styles.run}>
      <RunState run={run} hasServer={hasServer} />
      {notes.some(Boolean) && <p>{notes.filter(Boolean).join(' · ')}</p>}
      {sentTo.length > 0 && <p>{t('sentTo', { names: sentTo.join(', ') })}</p>}
      {unsure.length > 0 && <p className={styles.problem}>{t('unsure', { names: unsure.join(', ') })}</p>}
      {leftOut.map(({ name, why }) => (
        <p key={name}>{t('leftOut', { name, why: problems(why) })}</p>
      ))}
      {onAgain && repeatableStates.some((each) => each === state) && (
        <Button
          size="small"
          icon={<Send />}
          aria-label={t('againLabel', { at: format.dateTime(dueAt) })}
          onClick={onAgain}
        >
          {t('again')}
        </Button>
      )}
    </li>
  )
}
