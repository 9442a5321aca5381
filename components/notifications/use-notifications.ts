'use client'

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLiveRefresh } from '#components/live/use-live-refresh.ts'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { Notification } from '#server/notifications/queries/notifications.ts'

const gather = 2000

/** The notifications of the account, page by page, and the ways to mark them read. */
export function useNotifications(unreadOnly: boolean) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const toast = useToast()
  const refusalOf = useRefusalText()
  const query = useInfiniteQuery({
    queryKey: [...trpc.notifications.page.pathKey(), { unreadOnly, pages: true }],
    queryFn: ({ pageParam, signal }) => client.notifications.page.query({ before: pageParam, unreadOnly }, { signal }),
    initialPageParam: null as { shownAt: Date; id: number } | null,
    getNextPageParam: ({ next }) => next,
  })
  const refresh = () => queries.invalidateQueries(trpc.notifications.pathFilter())
  useLiveRefresh('notification', refresh, { everyMilliseconds: gather })
  const read = useMutation(
    trpc.notifications.read.mutationOptions({
      onSettled: refresh,
      onError: (error) => toast({ text: refusalOf(error), tone: 'failure' }),
    }),
  )
  const pages = query.data?.pages
  const items = useMemo(() => pages?.flatMap((page): Notification[] => page.items) ?? [], [pages])
  return {
    items,
    isLoading: query.isPending,
    error: query.isLoadingError ? query.error : null,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    unreadOnly,
    isReading: read.isPending,
    read: (ids: number[]) => read.mutate({ ids }),
    /** Only what was on the screen: what arrived meanwhile stays unread. */
    readAll: () => pages?.[0] && read.mutate({ upTo: pages[0].asOf }),
  }
}

export type NotificationsShown = ReturnType<typeof useNotifications>
