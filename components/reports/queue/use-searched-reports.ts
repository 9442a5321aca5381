'use client'

import { type InfiniteData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useSettled } from '#components/ui/use-settled.ts'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { QueuePageInput } from '#server/reports/rules/queue-input.ts'
import { searchedQueue } from './read-search.ts'
import { queueLists } from './row-patches.ts'

/** Milliseconds after the last key before the server is queried; the cache of this page is searched at once. */
const pause = 150
const hour = 3_600_000
const fewestLetters = 2
const most = 8

export type SearchedReport = { code: string; title: string; address: string }

type SearchedReports = {
  /** Matches in this page's cache. */
  inMemory: readonly SearchedReport[]
  /** Matches in the whole city by code, address or words; while a search is running, the previous ones. */
  found: readonly SearchedReport[]
  isSearching: boolean
  /** The server could not be queried. */
  isMissing: boolean
}

/** Reports that match the input, to choose one from. */
export function useSearchedReports(typed: string, mayRead: boolean): SearchedReports {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const words = typed.trim()
  const searchText = useSettled(words, pause)
  const isSearch = mayRead && words.length >= fewestLetters
  const { data: choices } = useQuery({ ...trpc.reports.choices.queryOptions(), staleTime: hour, enabled: isSearch })
  const queue = useMemo(() => searchedQueue(searchText, choices), [searchText, choices])
  const { data, isFetching, isPlaceholderData } = useQuery({
    ...trpc.reports.queue.queryOptions({ queue: queue as QueuePageInput['queue'], cursor: null }),
    enabled: isSearch && searchText.length >= fewestLetters,
    placeholderData: (before) => before,
  })
  const inMemory = useMemo(() => (mayRead ? knownReports(queries.getQueriesData({})) : []), [mayRead, queries])
  const found = useMemo(() => (isSearch ? (data?.rows ?? []).slice(0, most) : []), [isSearch, data])
  const isSearching = isSearch && (isFetching || searchText !== words)
  return { inMemory, found, isSearching, isMissing: isSearch && !isSearching && (!data || isPlaceholderData) }
}

function knownReports(cached: [readonly unknown[], unknown][]): SearchedReport[] {
  const found = new Map<string, SearchedReport>()
  for (const [key, data] of cached) {
    const path = key[0]
    if (Array.isArray(path) && path.join('.') === 'reports.byCode') {
      const report = data as ReportView | undefined
      if (report) found.set(report.code, report)
    } else if (path === queueLists) {
      for (const page of (data as InfiniteData<QueuePage> | undefined)?.pages ?? []) {
        for (const row of page.rows) found.set(row.code, row)
      }
    }
  }
  return [...found.values()]
}
