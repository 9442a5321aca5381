'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'

const hour = 3_600_000

/** The communes of today; undefined until they are known. */
export function useValidAreas() {
  const trpc = useTRPC()
  return useQuery({ ...trpc.areas.valid.queryOptions(), staleTime: hour }).data
}

/** The names of communes in Vietnamese order; null until they are known. */
export function useAreaNames(ids: readonly number[]): string[] | null {
  const data = useValidAreas()
  if (ids.length === 0) return []
  return data ? data.filter(({ id }) => ids.includes(id)).map(({ name }) => name) : null
}
