'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { Square, Undo2 } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { Choice } from '#components/reports/moves/Choice.tsx'
import { FileButton } from '#components/shell/FileButton.tsx'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import type { RunRow } from '#server/bulk/queries/runs.ts'
import { rowFilters } from '#server/bulk/rules/actions.ts'
import { failuresForm, failuresPath } from '#server/bulk/rules/addresses.ts'
import { doneOf, isAtWork, isUnwanted, rowStatuses, unwantedStatuses } from '#server/bulk/rules/run.ts'
import styles from './BulkSheet.module.css'
import { useRun, useRunActions } from './use-run.ts'
import { useRunWords } from './use-run-words.ts'
import { useInSight } from './watched-runs.ts'

type Props = {
  id: string
  /** The id of what the run has come to: a button that takes the focus with it is described by this. */
  outcomeId?: string
}

/** One bulk run: its progress, what became of each report, and undo. */
export function RunPanel({ id, outcomeId }: Props) {
  const t = useTranslations('bulk.run')
  const locale = useLocale()
  const refusalText = useRefusalText()
  const words = useRunWords()
  useInSight(id)
  const { run, until, error } = useRun(id)
  const { cancel, undo } = useRunActions(id)
  if (error) return <ErrorState error={error} />
  if (!run) return <SkeletonRows rows={4} rowHeight={40} columns={['1fr']} />
  const { done, all } = doneOf(run)
  const atWork = isAtWork(run)
  const unwantedCount = unwantedStatuses.reduce((sum, status) => sum + run.counts[status], 0)
  const failed = cancel.error ?? undo.error
  return (
    <div className={styles.panel}>
      <div id={outcomeId} className={styles.line}>
        <strong>{words(run)}</strong>
        <span role="status">{t(`states.${run.state}`)}</span>
      </div>
      {atWork && (
        <div>
          <progress className={styles.bar} value={done} max={all} aria-label={t('progress')} />
          <span className={styles.quiet}>{t('done', { done, all })}</span>
        </div>
      )}
      <ul className={styles.counts}>
        {rowStatuses
          .filter((status) => run.counts[status] > 0)
          .map((status) => (
            <li key={status} data-unwanted={isUnwanted(status) || undefined}>
              {t(status, { count: run.counts[status] })}
            </li>
          ))}
      </ul>
      {failed && (
        <p role="alert" className={styles.refused}>
          {refusalText(failed)}
        </p>
      )}
      <div className={styles.actions}>
        {run.state === 'running' && (
          <Button icon={<Square />} busy={cancel.isPending} onClick={() => cancel.mutate({ id })}>
            {t('stop')}
          </Button>
        )}
        {until !== null && (
          <UndoButton key={run.state} until={until} busy={undo.isPending} onUndo={() => undo.mutate({ id })} />
        )}
        {!atWork && unwantedCount > 0 && (
          <FileButton address={failuresPath} fields={failuresForm(id, locale)} rows={unwantedCount}>
            {t('csv')}
          </FileButton>
        )}
      </div>
      {!atWork && <RunRows id={id} />}
    </div>
  )
}

/** Counts down the seconds. Its key works anywhere in the sheet. */
function UndoButton({ until, busy, onUndo }: { until: number; busy: boolean; onUndo: () => void }) {
  const t = useTranslations('bulk.run')
  const [left, setLeft] = useState(() => secondsTo(until))
  useEffect(() => {
    const tick = setInterval(() => setLeft(secondsTo(until)), 250)
    return () => clearInterval(tick)
  }, [until])
  const isPossible = left > 0
  useCommands('anywhere', { 'anywhere.undo': () => (busy ? false : onUndo()) }, { active: isPossible })
  if (!isPossible) return null
  return (
    <Button icon={<Undo2 />} command="anywhere.undo" busy={busy} onClick={onUndo}>
      {t('undo', { seconds: left })}
    </Button>
  )
}

const secondsTo = (until: number): number => Math.ceil((until - Date.now()) / 1000)

function RunRows({ id }: { id: string }) {
  const t = useTranslations('bulk')
  const client = useTRPCClient()
  const refusals = useRefusalText()
  const states = useTranslations('reports.states')
  const [show, setShow] = useState<(typeof rowFilters)[number]>('all')
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['bulk-rows', id, show],
    queryFn: ({ pageParam }) => client.bulk.rows.query({ id, show, after: pageParam }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
  })
  const labels = { all: t('run.all'), changed: t('run.onlyChanged'), unwanted: t('run.onlyUnwanted') }
  const reasonOf = ({ refusal, state }: RunRow) => {
    if (refusal === null) return ''
    return refusal === 'wrong_state'
      ? t('wrongState', { state: states(state) })
      : refusals({ code: refusal, details: {} })
  }
  const rows = data?.pages.flatMap((page) => page.rows)
  return (
    <>
      <Choice
        label={t('run.show')}
        options={rowFilters.map((value) => ({ value, label: labels[value] }))}
        value={show}
        onChange={setShow}
      />
      {rows?.length === 0 && <p className={styles.quiet}>{t('run.none')}</p>}
      <ul className={styles.rows}>
        {rows?.map((row) => (
          <li key={row.code}>
            <span className={styles.line}>
              <a className={styles.code} href={`/reports/${row.code}`}>
                {row.code}
              </a>
              <span className={styles.outcome} data-unwanted={isUnwanted(row.status) || undefined}>
                {t(`outcomes.${row.status}`)}
              </span>
            </span>
            <span>{row.title ?? t('run.hidden')}</span>
            {row.refusal && <span className={styles.quiet}>{reasonOf(row)}</span>}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('run.more')}
        </Button>
      )}
    </>
  )
}
