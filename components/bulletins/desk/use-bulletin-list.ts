'use client'

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useLiveRefresh } from '#components/live/use-live-refresh.ts'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useLoadMore } from '#components/trpc/use-load-more.ts'
import type { BulletinCounts, BulletinPage } from '#server/bulletins/queries/list.ts'
import { type DeskState, deskQuery, listingOf } from '#server/bulletins/rules/desk-address.ts'

export const bulletinListKey = 'bulletin-list'
const pollEvery = 15_000

type Cursor = BulletinPage['next']
type First = { desk: DeskState; page: BulletinPage; counts: BulletinCounts }

/**
 * The bulletins of a list, page by page, and how many are in each state. Rows keep their place until the list reloads.
 */
export function useBulletinList(desk: DeskState, first: First) {
  const client = useTRPCClient()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const address = deskQuery(desk)
  const isFirst = deskQuery(first.desk) === address
  const queryKey = useMemo(() => [bulletinListKey, address, desk.incidentId] as const, [address, desk.incidentId])

  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      client.bulletins.list.query({ ...listingOf(desk), after: pageParam }, { signal }),
    initialPageParam: null as Cursor,
    getNextPageParam: (page: BulletinPage) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    ...(isFirst && { initialData: { pages: [first.page], pageParams: [null] } }),
  })
  const { data: counts, refetch: countAnew } = useQuery({
    ...trpc.bulletins.counts.queryOptions({ ...listingOf(desk), states: [], mine: false, needsLookBack: false }),
    ...(isFirst && { initialData: first.counts }),
    refetchInterval: pollEvery,
    placeholderData: (before) => before,
  })
  const head = useQuery({
    ...trpc.bulletins.list.queryOptions({ ...listingOf(desk), limit: 1 }),
    refetchInterval: pollEvery,
  })
  useLiveRefresh('bulletin', () => Promise.all([countAnew(), head.refetch()]), { everyMilliseconds: 2500 })

  const pages = list.data?.pages
  const rows = useMemo(() => {
    const seen = new Map((pages ?? []).flatMap(({ bulletins }) => bulletins).map((row) => [row.id, row]))
    return [...seen.values()]
  }, [pages])
  const [newest] = head.data?.bulletins ?? []
  const loaded = rows[0]
  /** A bulletin of this list was changed since it was loaded. */
  const hasNews =
    newest !== undefined &&
    !list.isFetching &&
    newest.updatedAt.getTime() > (loaded?.updatedAt.getTime() ?? 0) &&
    newest.version !== loaded?.version

  const reload = useCallback(async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: [bulletinListKey] }),
      queries.invalidateQueries(trpc.bulletins.pathFilter()),
    ])
  }, [queries, trpc])

  const loadMore = useLoadMore(list.fetchNextPage)
  return {
    rows,
    counts,
    hasNews,
    reload,
    isLoading: list.isPending,
    isReloading: list.isRefetching && !list.isFetchingNextPage,
    error: list.isLoadingError ? list.error : null,
    hasMore: list.hasNextPage,
    isLoadingMore: list.isFetchingNextPage,
    loadMore,
    retry: list.refetch,
  }
}

export type BulletinList = ReturnType<typeof useBulletinList>
