'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'

/** What to do when the user leaves a run: everything it has changed is out of date wherever it is shown. */
export function useRunEnd(runId: string | null, onChanged: () => void): () => void {
  const trpc = useTRPC()
  const queries = useQueryClient()
  return () => {
    if (runId === null) return
    void queries.invalidateQueries({ queryKey: trpc.reports.byCode.queryKey() })
    void queries.invalidateQueries({ queryKey: trpc.reports.viewCounts.queryKey() })
    void queries.invalidateQueries({ queryKey: trpc.bulk.recent.queryKey() })
    onChanged()
  }
}
