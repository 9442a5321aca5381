'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { RefusedMoves } from '#components/reports/moves/RefusedMoves.tsx'
import { FilterSheet } from '#components/reports/queue/FilterSheet.tsx'
import { useLiveReport } from '#components/reports/report/use-live-report.ts'
import { useMyself, useReport } from '#components/reports/report/use-report.ts'
import { useReportNews } from '#components/reports/report/use-report-news.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { Myself } from '#server/accounts/queries/me.ts'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { Queue } from '#server/reports/rules/queue.ts'
import { NothingLeft } from './NothingLeft.tsx'
import { TriageDesk } from './TriageDesk.tsx'
import { TriageHeader } from './TriageHeader.tsx'
import styles from './TriageScreen.module.css'
import { TriageWaiting } from './TriageWaiting.tsx'
import { useAhead } from './use-ahead.ts'
import { type Decisions, useDecisions } from './use-decisions.ts'
import { useHasSide } from './use-side.ts'
import { type Strip as StripState, useStrip } from './use-strip.ts'
import { useKeptPlace, useTriageAddress } from './use-triage-address.ts'

const { Panel: TriagePresence } = lazyPanel(() => import('./TriagePresence.tsx').then((part) => part.TriagePresence), {
  onDemand: true,
  takesFocus: () => false,
  silent: true,
})

const hour = 3_600_000

type Props = {
  myself: Myself
  first: { queue: Queue; page: QueuePage }
  /** The current report when the page was requested. */
  report: ReportView | null
}

/** The reports that await intake, one at a time, each decided by a key. */
export function TriageScreen({ myself, first, report }: Props) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  useState(() => queries.setQueryData(trpc.me.view.queryKey(), myself))
  useState(() => report && queries.setQueryData(trpc.reports.byCode.queryKey(report.code), report))
  return (
    <RefusedMoves>
      <Strip first={first} />
    </RefusedMoves>
  )
}

function Strip({ first }: Pick<Props, 'first'>) {
  const t = useTranslations('triage')
  const trpc = useTRPC()
  const toast = useToast()
  const { queue, start, show } = useTriageAddress()
  const strip = useStrip({ queue, first, start })
  const { current, list, next } = strip
  const decisions = useDecisions(strip)
  const [isFiltering, setFiltering] = useState(false)
  const hasSide = useHasSide()
  const [side, setSide] = useState<HTMLElement | null>(null)
  const { data: choices } = useQuery({ ...trpc.reports.choices.queryOptions(), staleTime: hour })
  useKeptPlace(queue, current?.code ?? null)
  useAhead([...(current ? [current] : []), ...next].map(({ code }) => code))
  useFresh(current?.code ?? null)

  // A link to a report that has been decided since leads to the remaining ones, with a message.
  const [gone] = useState(() => (start && !list.rows.some(({ code }) => code === start) ? start : null))
  useEffect(() => {
    if (gone) toast({ text: t('gone', { code: gone }), key: 'passed-over' })
  }, [gone, toast, t])

  return (
    <div className={styles.screen}>
      <div className={styles.main}>
        <TriageHeader
          strip={strip}
          queue={queue}
          choices={choices}
          onFilter={() => setFiltering(true)}
          onQueue={(chosen) => show(chosen)}
        />
        {current ? (
          <CurrentReport
            code={current.code}
            strip={strip}
            decisions={decisions}
            onFilter={() => setFiltering(true)}
            side={hasSide ? side : null}
          />
        ) : list.error ? (
          <ErrorState error={list.error} onRetry={() => void list.retry()} />
        ) : list.isLoading || list.isLoadingMore || list.isReloading ? (
          <TriageWaiting />
        ) : (
          <NothingLeft queue={queue} strip={strip} onQueue={show} onFilter={() => setFiltering(true)} />
        )}
        <VisuallyHidden>
          <span aria-live="polite">{current ? t('showing', { title: current.title, left: strip.left }) : ''}</span>
        </VisuallyHidden>
        <TriagePresence current={current?.id ?? null} next={next.map(({ id }) => id)} />
      </div>
      <aside ref={setSide} className={styles.side} aria-label={t('side')} />
      {isFiltering && (
        <FilterSheet queue={queue} choices={choices} onQueue={show} onClose={() => setFiltering(false)} />
      )}
    </div>
  )
}

type CurrentProps = {
  code: string
  strip: StripState
  decisions: Decisions
  onFilter: () => void
  side: HTMLElement | null
}

function CurrentReport({ code, ...desk }: CurrentProps) {
  const { data: report, error, refetch } = useReport(code)
  if (report) {
    return (
      <>
        <TriageDesk report={report} {...desk} />
        <Followed key={report.id} report={report} />
      </>
    )
  }
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return <TriageWaiting />
}

/**
 * Keeps the current report up to date with a colleague's changes, and says what they did; that they decided it is shown
 * over the report itself.
 */
function Followed({ report }: { report: ReportView }) {
  useLiveReport(report)
  return report.state === 'awaiting_intake' && <News report={report} />
}

function News({ report }: { report: ReportView }) {
  useReportNews(report, useMyself()?.name)
  return null
}

const settled = 250
const youngEnough = 5_000

/** A prefetched report may be out of date: it is reloaded once the keys pause, and shown as it is until then. */
function useFresh(code: string | null): void {
  const trpc = useTRPC()
  const queries = useQueryClient()
  useEffect(() => {
    if (code === null) return
    const timer = setTimeout(
      () =>
        void queries
          .fetchQuery({ ...trpc.reports.byCode.queryOptions(code), staleTime: youngEnough })
          .catch(() => undefined),
      settled,
    )
    return () => clearTimeout(timer)
  }, [code, queries, trpc])
}
