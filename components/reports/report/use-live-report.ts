'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useLiveRefresh } from '#components/live/use-live-refresh.ts'
import { afterTurns } from '#components/reports/moves/in-turn.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'

const askedEvery = 1500

/**
 * Reloads the report on screen when something of it changed. What is being typed and the scroll position stay as they
 * are.
 */
export function useLiveReport({ id, code }: Pick<ReportView, 'id' | 'code'>): void {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const { queryKey } = trpc.reports.byCode.queryOptions(code)
  useLiveRefresh(
    'report',
    async (announcedAt) => {
      // What the user's own change expects is shown until the server has answered; an answer from in between undoes it.
      await afterTurns(id)
      // Loaded since by another caller: most often by the move that was made here.
      if ((queries.getQueryState(queryKey)?.dataUpdatedAt ?? 0) > announcedAt) return
      return queries.refetchQueries({ queryKey, exact: true }, { cancelRefetch: false })
    },
    { isRelevant: (ids) => ids === 'all' || ids.includes(id), everyMilliseconds: askedEvery },
  )
}
