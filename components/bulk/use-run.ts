'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useIsLive, useLive } from '#components/live/live.ts'
import { queueLists } from '#components/reports/queue/row-patches.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { RunView } from '#server/bulk/queries/runs.ts'
import { isAtWork } from '#server/bulk/rules/run.ts'

const everySecond = 1000
/** Milliseconds. The live connection reports progress; polling only makes up for missed messages. */
const whileTold = 10_000

/**
 * One run as it is now. `until`: when it can no longer be undone, on the clock of this machine; null where it cannot.
 */
export function useRun(id: string) {
  const trpc = useTRPC()
  const isLive = useIsLive()
  const {
    data: run,
    dataUpdatedAt,
    error,
    refetch,
  } = useQuery({
    ...trpc.bulk.run.queryOptions({ id }),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? (isLive ? whileTold : everySecond) : false),
    refetchOnWindowFocus: false,
  })
  useLive('job', (ids) => (ids === 'all' || ids.includes(id)) && void refetch())
  // Counted from the seconds that the server gave, as the clock of this machine may be wrong.
  const until = run && run.undoSeconds !== null ? dataUpdatedAt + run.undoSeconds * 1000 : null
  return { run, until, error }
}

/** Stops the run, or undoes it as a whole. */
export function useRunActions(id: string, onError?: (error: unknown) => void) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const keep = (next: RunView) => {
    queries.setQueryData(trpc.bulk.run.queryKey({ id }), next)
    void queries.invalidateQueries({ queryKey: ['bulk-rows', id] })
  }
  const options = { onSuccess: keep, ...(onError && { onError }) }
  return {
    cancel: useMutation(trpc.bulk.cancel.mutationOptions(options)),
    undo: useMutation(trpc.bulk.undo.mutationOptions(options)),
  }
}

/** Reloads what a run has changed, wherever it is shown: rows, counts, an open report. */
export function useRefreshChanged(): () => void {
  const trpc = useTRPC()
  const queries = useQueryClient()
  return useCallback(() => {
    void queries.invalidateQueries({ queryKey: [queueLists] })
    void queries.invalidateQueries({ queryKey: trpc.reports.pathKey() })
    void queries.invalidateQueries({ queryKey: trpc.bulk.recent.queryKey() })
  }, [queries, trpc])
}
