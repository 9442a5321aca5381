'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useAwaitedCommands, useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useLiveRefresh } from '#components/live/use-live-refresh.ts'
import { RefusedMoves } from '#components/reports/moves/RefusedMoves.tsx'
import { ReportSkeleton } from '#components/reports/report/ReportSkeleton.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { whenIdle } from '#components/ui/when-idle.ts'
import type { Myself } from '#server/accounts/queries/me.ts'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import type { ReportView as Report } from '#server/reports/queries/report.ts'
import type { SavedView } from '#server/reports/queries/saved-views.ts'
import type { ViewCounts } from '#server/reports/queries/view-counts.ts'
import { type Queue, type QueueView, queueOf } from '#server/reports/rules/queue.ts'
import { cameFromTriage } from './came-from-triage.ts'
import type { QueuePanes } from './layout-cookies.ts'
import { QueueDesk } from './QueueDesk.tsx'
import styles from './ReportsScreen.module.css'
import { SeenMark } from './SeenMark.tsx'
import { useSavedViews } from './saved/use-saved-views.ts'
import { useSeen } from './seen.ts'
import { useOpenedList } from './use-opened-list.ts'
import { useQueueAddress } from './use-queue-address.ts'
import { usePollEvery } from './use-queue-changes.ts'
import { useQueueList } from './use-queue-list.ts'

const loadReportView = () => import('./settled.ts').then((parts) => parts.ReportView)
/**
 * Loaded separately, so that the list is usable before the page of a report; loaded as soon as the browser has time.
 */
const ReportView = dynamic(loadReportView, { loading: () => <ReportSkeleton /> })
const { Panel: PresenceHeartbeat } = lazyPanel(() => import('./settled.ts').then((parts) => parts.PresenceHeartbeat), {
  onDemand: true,
  takesFocus: () => false,
  silent: true,
})
const { Panel: NewReport } = lazyPanel(
  () => import('#components/reports/new/NewReport.tsx').then((form) => form.NewReport),
  { onDemand: true },
)

/** Milliseconds. Counts are queried at most this often, however much happens. */
const countedEvery = 10_000

type Props = {
  /** The signed-in user: keys that assign a report to them work from the first moment. */
  myself: Myself
  views: readonly QueueView[]
  firstView: QueueView
  first: { queue: Queue; page: QueuePage }
  counts: ViewCounts
  savedViews: SavedView[]
  mayReceive: boolean
  mayTriage: boolean
  /** The report that the address names, as it was when the page was requested. */
  report: Report | null
  panes: QueuePanes
}

/**
 * The queue and, over it, the report that the address names. The queue stays as it was below an open report: Back
 * restores its scroll position, its focus and its selection, without a query.
 */
export function ReportsScreen({
  myself,
  views,
  firstView,
  first,
  counts,
  savedViews,
  mayReceive,
  mayTriage,
  report,
  panes,
}: Props) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  useState(() => queries.setQueryData(trpc.me.view.queryKey(), myself))
  useState(() => report && queries.setQueryData(trpc.reports.byCode.queryKey(report.code), report))

  const address = useQueueAddress(firstView)
  const { queue, code, isReceiving } = address
  const list = useQueueList(queue, first)
  const { seen, see } = useSeen(myself.id)
  const pollEvery = usePollEvery()
  const { data: known, refetch: countAnew } = useQuery({
    ...trpc.reports.viewCounts.queryOptions(),
    initialData: counts,
    initialDataUpdatedAt: counts.asOf.getTime(),
    refetchInterval: pollEvery,
    refetchOnWindowFocus: 'always',
  })
  useLiveRefresh('report', () => countAnew(), { everyMilliseconds: countedEvery })
  const saved = useSavedViews(savedViews, firstView, queue, known.asOf)

  /** Moving from report to report adds no history entries: Back leads to the list. */
  const goOn = useCallback((next: string) => address.open(next, { replace: true }), [address.open])
  const { position, isWaiting, freeze } = useOpenedList(code, list, goOn)

  const [isReportAlive, setReportAlive] = useState(false)
  const onReportThere = useCallback(() => setReportAlive(true), [])
  const [isQuiet, setQuiet] = useState(false)
  useEffect(
    () =>
      whenIdle(() => {
        void loadReportView()
        setQuiet(true)
      }),
    [],
  )

  /** Whether the list is the entry before this one in the browser's history. */
  const cameFromList = useRef(false)
  const lastCode = useRef(code)
  const [returnedFrom, setReturnedFrom] = useState<string | null>(null)
  useEffect(() => {
    if (code === null && lastCode.current !== null) {
      cameFromList.current = false
      setReturnedFrom(lastCode.current)
    }
    lastCode.current = code
  }, [code])

  const open = useCallback(
    (next: string) => {
      freeze()
      cameFromList.current = true
      setReturnedFrom(null)
      address.open(next)
    },
    [freeze, address.open],
  )
  const back = useCallback(() => {
    if (cameFromList.current || cameFromTriage()) window.history.back()
    else address.show(queue, { replace: true })
  }, [address.show, queue])

  // Here these need no request to the server, as they do from elsewhere.
  const goTo = (view: QueueView) => {
    if (!views.includes(view)) return false
    list.freshen(queueOf(view))
    address.show(queueOf(view))
  }
  useCommands('global', {
    'global.queue': () => goTo(firstView),
    'global.mine': () => goTo('mine'),
    'global.unassigned': () => goTo('unassigned'),
  })

  // Back and next do not wait for the report to load.
  useCommands(
    'report',
    {
      'report.back': back,
      'report.previous': () => (position?.previous && !isWaiting ? goOn(position.previous) : false),
      'report.next': () => (position?.goOn && !isWaiting ? position.goOn() : false),
    },
    { active: code !== null },
  )

  return (
    <RefusedMoves>
      <div className={styles.screen}>
        <QueueDesk
          accountId={myself.id}
          queue={queue}
          views={views}
          counts={known.counts}
          saved={saved}
          list={list}
          panes={panes}
          mayTriage={mayTriage}
          seen={seen}
          isCovered={code !== null}
          returnedFrom={returnedFrom}
          isQuiet={isQuiet}
          onShow={address.show}
          onOpen={open}
          onSeen={see}
        />
        {code !== null && (
          <div className={styles.report}>
            <SeenMark code={code} after={0} onSeen={see} />
            {!isReportAlive && <ReportToCome />}
            {isWaiting ? (
              <ReportSkeleton />
            ) : (
              <ReportView code={code} position={position} onOpen={goOn} onBack={back} onThere={onReportThere} />
            )}
          </div>
        )}
        {isQuiet && <PresenceHeartbeat />}
        {mayReceive && isReceiving && (
          <NewReport open onClose={() => address.show(queue, { replace: true })} onSaved={goOn} />
        )}
      </div>
    </RefusedMoves>
  )
}

/** A report rendered by the server is visible before its own code has loaded: its keys are remembered until then. */
function ReportToCome() {
  useAwaitedCommands('report row')
  return null
}
