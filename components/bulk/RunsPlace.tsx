'use client'

import { useQuery } from '@tanstack/react-query'
import { ListChecks } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useIsLive, useLive } from '#components/live/live.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { RunView } from '#server/bulk/queries/runs.ts'
import { doneOf, isAtWork, rowStatuses } from '#server/bulk/rules/run.ts'
import styles from './BulkSheet.module.css'
import { RunPanel } from './RunPanel.tsx'
import { useRunWords } from './use-run-words.ts'
import { askForRun, useAskedRun, watchFoundRun } from './watched-runs.ts'

const whileAtWork = 2000
/** Milliseconds. The live connection reports progress; polling only makes up for missed messages. */
const whileTold = 15_000

/** Lists the user's own bulk runs, also after the page was closed or reloaded; renders nothing if there are none. */
export function RunsPlace() {
  const t = useTranslations('bulk.runs')
  const trpc = useTRPC()
  const words = useRunWords()
  const [opened, setOpened] = useState<string | true | null>(null)
  const isLive = useIsLive()
  const { data: runs, refetch } = useQuery({
    ...trpc.bulk.recent.queryOptions(),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.data?.some(isAtWork) ? (isLive ? whileTold : whileAtWork) : false),
  })
  useLive('job', () => void refetch())
  const atWork = runs?.find(isAtWork)
  useEffect(() => {
    for (const run of runs ?? [])
      if (isAtWork(run) || run.undoSeconds !== null) watchFoundRun({ id: run.id, words: words(run) })
  }, [runs, words])
  const asked = useAskedRun()
  useEffect(() => {
    if (asked === null) return
    setOpened(asked)
    askForRun(null)
  }, [asked])

  if (!runs || runs.length === 0) return null
  return (
    <>
      <Button size="small" variant="quiet" icon={<ListChecks />} onClick={() => setOpened(atWork?.id ?? true)}>
        {atWork ? t('running', doneOf(atWork)) : t('open')}
      </Button>
      {opened === true && (
        <Sheet open title={t('title')} width={560} onClose={() => setOpened(null)}>
          <ul className={styles.runs}>
            {runs.map((run) => (
              <li key={run.id}>
                <RunLine run={run} onOpen={() => setOpened(run.id)} />
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      {typeof opened === 'string' && (
        <Sheet
          open
          title={t('title')}
          width={560}
          onClose={() => setOpened(null)}
          footer={<Button onClick={() => setOpened(true)}>{t('back')}</Button>}
        >
          <RunPanel id={opened} />
        </Sheet>
      )}
    </>
  )
}

function RunLine({ run, onOpen }: { run: RunView; onOpen: () => void }) {
  const t = useTranslations('bulk.run')
  const words = useRunWords()
  const format = useFormat()
  return (
    <button type="button" className={styles.run} onClick={onOpen}>
      <span className={styles.line}>
        <strong>{words(run)}</strong>
        <span>{t(`states.${run.state}`)}</span>
      </span>
      <span className={styles.quiet}>
        {format.dateTime(run.startedAt)}
        {rowStatuses
          .filter((status) => run.counts[status] > 0)
          .map((status) => ` · ${t(status, { count: run.counts[status] })}`)
          .join('')}
      </span>
    </button>
  )
}
