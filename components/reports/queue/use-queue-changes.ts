'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useIsLive } from '#components/live/live.ts'
import { useLiveRefresh } from '#components/live/use-live-refresh.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { QueueChange } from '#server/reports/queries/queue-changes.ts'
import type { Queue } from '#server/reports/rules/queue.ts'
import { cursorOf, type LoadedRow, type QueueListData } from './use-queue-list.ts'

/** Milliseconds between polls: without live updates, and with them, for what time alone changes. */
const everyBlind = 30_000
const everyLive = 120_000
/** Milliseconds. The list is compared at most this often, however many announcements come. */
const comparedEvery = 2500

/** How often a list or a count is polled. */
export function usePollEvery(): number {
  return useIsLive() ? everyLive : everyBlind
}

export type QueueNews = {
  /** Reports received since, and those from elsewhere that moved in among the loaded rows. */
  fresh: number
  /** Loaded rows that colleagues changed, including those that left the list. */
  changed: number
  tooMany: boolean
  /** Loaded rows that no longer belong in the list, by id. */
  left: ReadonlyMap<number, QueueChange>
}

/** What happened since the list was loaded. Rows stay where they are: news is shown, not applied. */
export function useQueueChanges(queue: Queue, list: Pick<QueueListData, 'since' | 'end' | 'rows'>) {
  const { since, end, rows } = list
  const trpc = useTRPC()
  const pollEvery = usePollEvery()
  const { data, dataUpdatedAt, isError, refetch } = useQuery({
    ...trpc.reports.changes.queryOptions({ queue, since: since ?? new Date(0), end: cursorOf(end) }),
    enabled: since !== undefined,
    refetchInterval: pollEvery,
    refetchOnWindowFocus: 'always',
    placeholderData: keepPreviousData,
  })
  useLiveRefresh('report', () => since && refetch(), { everyMilliseconds: comparedEvery })
  const news = useMemo(() => newsOf(data?.changes ?? [], rows, data?.tooMany ?? false), [data, rows])
  return { news, openTime: data?.openTime, asOf: data?.asOf, updatedAt: dataUpdatedAt, isError }
}

export function newsOf(changes: readonly QueueChange[], rows: readonly LoadedRow[], tooMany: boolean): QueueNews {
  const versions = new Map(rows.map(({ id, version }) => [id, version]))
  const left = new Map<number, QueueChange>()
  let fresh = 0
  let changed = 0
  for (const change of changes) {
    const version = versions.get(change.id)
    if (version === undefined) {
      if (change.inView && (change.isNew || !change.isFurtherDown)) fresh++
      continue
    }
    if (!change.inView) left.set(change.id, change)
    if (change.version > version && !change.byMe) changed++
  }
  return { fresh, changed, tooMany, left }
}
