'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'

/** Reloads everything that an incident's page shows. */
export function useRefreshIncident() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  return () =>
    Promise.all(
      [
        trpc.incidents.pathFilter(),
        trpc.figures.pathFilter(),
        trpc.incidentDesk.pathFilter(),
        trpc.afterAction.pathFilter(),
        trpc.reports.queue.pathFilter(),
      ].map((filter) => queries.invalidateQueries(filter)),
    )
}
