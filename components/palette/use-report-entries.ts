'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { type SoughtReport, useSoughtReports } from '#components/reports/queue/use-sought-reports.ts'
import { useSearch } from '#components/shell/SearchProvider.tsx'
import { readSought } from '#server/reports/rules/search.ts'
import type { Entry } from './entries.ts'

/** Reports by code, address or words: from memory at once, from the whole city a moment later. */
export function useReportEntries(
  typed: string,
  mayRead: boolean,
): { known: Entry[]; found: Entry[]; isSearching: boolean } {
  const t = useTranslations('palette')
  const router = useRouter()
  const { handler } = useSearch()
  const { inMemory, found, isSearching } = useSoughtReports(typed, mayRead)

  return useMemo(() => {
    const entryOf = ({ code, title, address }: SoughtReport): Entry => ({
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
    const isNew = ({ code: each }: SoughtReport) => each !== code && !inMemory.some((one) => one.code === each)
    return { known: [...byCode, ...inMemory.map(entryOf)], found: found.filter(isNew).map(entryOf), isSearching }
  }, [typed, inMemory, found, isSearching, mayRead, t, router, handler])
}
