'use client'

import { type InfiniteData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useState } from 'react'
import { queueLists } from '#components/reports/queue/row-patches.ts'
import { useSearch } from '#components/shell/SearchProvider.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { mutable } from '#server/reports/rules/mutable-queue.ts'
import { queueOf } from '#server/reports/rules/queue.ts'
import { readSought } from '#server/reports/rules/search.ts'
import type { Entry } from './entries.ts'

/** So long after the last key the server is asked; what this page has in memory is searched at once. */
const pause = 150
const fewestLetters = 2
const most = 8

type Known = { code: string; title: string; address: string }

/** Reports by code, address or words: from memory at once, from the whole city a moment later. */
export function useReportEntries(
  typed: string,
  mayRead: boolean,
): { known: Entry[]; found: Entry[]; isSearching: boolean } {
  const t = useTranslations('palette')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const router = useRouter()
  const { handler } = useSearch()
  const sought = useSettled(typed.trim())
  const isSearch = mayRead && sought.length >= fewestLetters
  const { data, isFetching } = useQuery({
    ...trpc.reports.queue.queryOptions({ queue: mutable(queueOf('all', { words: sought })), cursor: null }),
    enabled: isSearch,
    placeholderData: (before) => before,
  })
  const [inMemory] = useState(() => (mayRead ? knownReports(queries.getQueriesData({})) : []))

  return useMemo(() => {
    const entryOf = ({ code, title, address }: Known): Entry => ({
      id: `report:${code}`,
      section: 'reports',
      label: title,
      note: [code, address].filter(Boolean).join(' · '),
      // Where a list is open, the report opens over it.
      run: () => (handler.current ? handler.current(code) : router.push(`/reports/${encodeURIComponent(code)}`)),
    })
    const code = mayRead ? (readSought(typed)?.code ?? null) : null
    const byCode: Entry[] =
      code && !inMemory.some((each) => each.code === code)
        ? [{ ...entryOf({ code, title: t('open', { code }), address: '' }), note: t('openNote'), also: code }]
        : []
    const rows = isSearch ? (data?.rows ?? []).slice(0, most) : []
    const isNew = ({ code: each }: Known) => each !== code && !inMemory.some((one) => one.code === each)
    return {
      known: [...byCode, ...inMemory.map(entryOf)],
      found: rows.filter(isNew).map(entryOf),
      isSearching: isSearch && isFetching,
    }
  }, [typed, inMemory, isSearch, isFetching, data, mayRead, t, router, handler])
}

function knownReports(cached: [readonly unknown[], unknown][]): Known[] {
  const found = new Map<string, Known>()
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

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
