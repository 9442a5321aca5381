'use client'

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useLoadMore } from '#components/trpc/use-load-more.ts'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import type { Queue, QueueCursor } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import type { OpenTime } from './countdown.ts'
import { type QueuePages as Pages, type PatchedRow, queueLists } from './row-patches.ts'

/** A row with the time of its loading, so that it can count down from there. */
export type LoadedRow = PatchedRow & { countedAt: Date; openTime: OpenTime }

/** Milliseconds. An older list is reloaded when its view is chosen. */
const freshness = 15_000

const keyOf = (queue: Queue) => [queueLists, queueAddress(queue)] as const

/** The rows of a queue, page by page. They stay as loaded until they are reloaded. */
export function useQueueList(queue: Queue, first: { queue: Queue; page: QueuePage } | null) {
  const client = useTRPCClient()
  const queries = useQueryClient()
  const key = keyOf(queue)
  const isFirst = first !== null && queueAddress(first.queue) === queueAddress(queue)

  const query = useInfiniteQuery<QueuePage, Error, Pages, typeof key, QueueCursor | null>({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => client.reports.queue.query({ queue, cursor: cursorOf(pageParam) }, { signal }),
    initialPageParam: null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30 * 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    ...(isFirst && {
      initialData: { pages: [first.page], pageParams: [null] },
      initialDataUpdatedAt: first.page.asOf.getTime(),
    }),
  })

  const pages = query.data?.pages
  const rows = useMemo(() => loadedRows(pages ?? []), [pages])

  const reload = useCallback(
    async (which: Queue = queue) => {
      const queryKey = keyOf(which)
      // Only the first page: a list scrolled far starts again at the top.
      queries.setQueryData<Pages>(queryKey, (known) =>
        known ? { pages: known.pages.slice(0, 1), pageParams: known.pageParams.slice(0, 1) } : known,
      )
      await queries.refetchQueries({ queryKey, exact: true })
    },
    [queries, queue],
  )
  /** Removes rows that are no longer part of the list. */
  const drop = useCallback(
    (ids: readonly number[]) => {
      if (ids.length === 0) return
      const kept = (page: QueuePage): QueuePage => ({
        ...page,
        rows: page.rows.filter(({ id }) => !ids.includes(id)),
        total: page.total && !page.total.capped ? { ...page.total, count: page.total.count - ids.length } : page.total,
      })
      queries.setQueryData<Pages>(keyOf(queue), (known) => known && { ...known, pages: known.pages.map(kept) })
    },
    [queries, queue],
  )
  /** Reloads a list that has been in the cache for a while. */
  const freshen = useCallback(
    (which: Queue) => {
      const state = queries.getQueryState(keyOf(which))
      if (state?.data && Date.now() - state.dataUpdatedAt > freshness) void reload(which)
    },
    [queries, reload],
  )

  const loadMore = useLoadMore(query.fetchNextPage)

  return {
    rows,
    total: pages?.[0]?.total ?? null,
    search: pages?.[0]?.search ?? null,
    /** Changes are counted from here. */
    since: pages?.[0]?.asOf,
    /** The cursor after the loaded rows; null where no more follow. */
    end: pages?.at(-1)?.nextCursor ?? null,
    isLoading: query.isPending,
    isReloading: query.isRefetching && !query.isFetchingNextPage,
    error: query.isLoadingError ? query.error : null,
    moreFailed: query.isFetchNextPageError,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore,
    retry: query.refetch,
    reload,
    drop,
    freshen,
  }
}

export type QueueListData = ReturnType<typeof useQueueList>

/** A report that moved between two pages occurs twice: the first place counts. */
function loadedRows(pages: readonly QueuePage[]): LoadedRow[] {
  const rows = new Map<number, LoadedRow>()
  for (const { rows: of, asOf, openTime } of pages) {
    for (const row of of) if (!rows.has(row.id)) rows.set(row.id, { countedAt: asOf, openTime, ...row })
  }
  return [...rows.values()]
}

export const cursorOf = (cursor: QueueCursor | null) => cursor as (string | number | boolean)[] | null
