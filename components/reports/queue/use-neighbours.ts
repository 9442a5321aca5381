'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { LoadedRow } from './use-queue-list.ts'

const rest = 120
const freshness = 30_000

/** Fetches the focused report and those beside it before they are asked for, once the keys rest: Enter then shows it at once. */
export function useNeighbours(rows: readonly LoadedRow[], index: number): void {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const codes = [rows[index], rows[index + 1], rows[index - 1]].map((row) => row?.code ?? '').join(' ')
  useEffect(() => {
    if (index < 0) return
    const timer = setTimeout(() => {
      for (const code of codes.split(' ').filter(Boolean)) {
        void queries.prefetchQuery({ ...trpc.reports.byCode.queryOptions(code), staleTime: freshness })
      }
    }, rest)
    return () => clearTimeout(timer)
  }, [codes, index, queries, trpc])
}
