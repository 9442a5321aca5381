'use client'

import { useQuery } from '@tanstack/react-query'
import { ListChecks } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useIsLive, useLive } from '#components/live/live.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { RunView } from '#server/bulk/queries/runs.ts'
import { rowStatuses } from '#server/bulk/rules/run.ts'
import styles from './BulkSheet.module.css'
import { isInSight } from './in-sight.ts'
import { RunPanel } from './RunPanel.tsx'
import { doneOf, isAtWork, unwanted, useRunWords } from './use-run-words.ts'

const whileAtWork = 2000
/** Milliseconds. The live connection reports progress; polling only makes up for missed messages. */
const whileTold = 15_000

/** Lists the user's own bulk runs, also after the page was closed or reloaded; renders nothing if there are none. */
export function RunsPlace() {
  const t = useTranslations('bulk.runs')
  const trpc = useTRPC()
  const toast = useToast()
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
  // A run that was seen running and no longer is has ended unnoticed by the user who started it.
  const watched = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    for (const run of runs ?? []) {
      if (!watched.current.has(run.id) || isAtWork(run) || opened !== null || isInSight(run.id)) continue
      const count = unwanted.reduce((sum, status) => sum + run.counts[status], 0)
      toast({
        text:
          run.state === 'undone'
            ? t('undone', { action: words(run), count: run.counts.undone })
            : t('finished', { action: words(run), changed: run.counts.changed, unwanted: count }),
        key: `bulk ${run.id}`,
        action: { label: t('look'), run: () => setOpened(run.id) },
      })
    }
    watched.current = new Set(runs?.filter(isAtWork).map(({ id }) => id))
  }, [runs, opened, toast, t, words])

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
