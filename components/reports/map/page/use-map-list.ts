'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { OpenTime } from '#components/reports/queue/countdown.ts'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useLoadMore } from '#components/trpc/use-load-more.ts'
import type { MapListPage } from '#server/reports/queries/map.ts'
import { isOpenOnly, type Queue, type QueueCursor } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import type { Sight } from './ReportsMap.tsx'

const minute = 60_000

/** What is visible, as clusters for the map and as rows for the list. The old data stays until the new has come. */
export function useMapList(queue: Queue, sight: Sight | null) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const input = sight && { queue, box: sight.box, zoom: Math.round(sight.zoom) }
  const view = useQuery({
    ...trpc.reports.mapView.queryOptions(input as NonNullable<typeof input>),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    staleTime: minute,
    // Deadlines pass while the map is looked at; where all are closed, none does.
    refetchInterval: isOpenOnly(queue) && minute,
  })
  const list = useInfiniteQuery({
    queryKey: ['map list', queueAddress(queue), sight?.box],
    queryFn: ({ pageParam, signal }): Promise<MapListPage> =>
      client.reports.mapList.query(
        {
          queue,
          box: (sight as Sight).box,
          cursor: pageParam as (string | number | boolean)[] | null,
        },
        { signal },
      ),
    initialPageParam: null as QueueCursor | null,
    getNextPageParam: (page: MapListPage) => page.nextCursor,
    enabled: sight !== null,
    placeholderData: keepPreviousData,
    staleTime: minute,
  })
  const pages = list.data?.pages
  const rows = useMemo(
    () =>
      (pages ?? []).flatMap(({ rows: of, asOf, openTime }): MapRow[] =>
        of.map((row) => ({ ...row, countedAt: asOf, openTime })),
      ),
    [pages],
  )
  const places = useMemo(
    () => new Map((pages ?? []).flatMap((page) => page.places.map(({ id, ...place }) => [id, place] as const))),
    [pages],
  )
  const loadMore = useLoadMore(list.fetchNextPage)
  return {
    clusters: view.data?.clusters ?? none,
    counts: view.data?.counts ?? null,
    isMoving: view.isPlaceholderData || list.isPlaceholderData,
    error: view.error ?? list.error,
    retry: () => void Promise.all([view.refetch(), list.refetch()]),
    rows,
    places,
    search: pages?.[0]?.search ?? null,
    openTime: pages?.at(-1)?.openTime ?? null,
    isLoading: list.isPending,
    hasMore: list.hasNextPage,
    isLoadingMore: list.isFetchingNextPage,
    loadMore,
  }
}

const none: never[] = []
/** A row with the time of its computation, so that it can count down from there. */
export type MapRow = MapListPage['rows'][number] & { countedAt: Date; openTime: OpenTime }
export type MapListData = ReturnType<typeof useMapList>
