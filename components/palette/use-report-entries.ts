'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { type SearchedReport, useSearchedReports } from '#components/reports/queue/use-searched-reports.ts'
import { useSearch } from '#components/shell/SearchProvider.tsx'
import { personsPhoneOf } from '#server/platform/rules/phone.ts'
import { parseSearchQuery } from '#server/reports/rules/search.ts'
import type { Entry } from './entries.ts'

/** Reports by code, address or words: from the local cache at once, from the whole city a moment later. */
export function useReportEntries(
  typed: string,
  { mayRead, mayFindByPhone }: { mayRead: boolean; mayFindByPhone: boolean },
): { known: Entry[]; found: Entry[]; isSearching: boolean } {
  const t = useTranslations('palette')
  const router = useRouter()
  const { handler, findByPhone } = useSearch()
  const { inMemory, found, isSearching } = useSearchedReports(typed, mayRead)

  return useMemo(() => {
    const entryOf = ({ code, title, address }: SearchedReport): Entry => ({
      id: `report:${code}`,
      section: 'reports',
      label: title,
      note: [code, address].filter(Boolean).join(' · '),
      // Where a list is open, the report opens over it.
      run: () => (handler.current ? handler.current(code) : router.push(`/reports/${encodeURIComponent(code)}`)),
    })
    const code = mayRead ? (parseSearchQuery(typed)?.code ?? null) : null
    const byCode: Entry[] =
      code && !inMemory.some((each) => each.code === code)
        ? [{ ...entryOf({ code, title: t('open', { code }), address: '' }), note: t('openNote'), also: code }]
        : []
    const phone = mayFindByPhone ? personsPhoneOf(typed) : null
    const byPhone: Entry[] = phone
      ? [
          {
            id: 'phone',
            section: 'reports',
            label: t('byPhone', { phone }),
            note: t('byPhoneNote'),
            also: typed,
            run: () => findByPhone(phone),
          },
        ]
      : []
    const isNew = ({ code: each }: SearchedReport) => each !== code && !inMemory.some((one) => one.code === each)
    return {
      known: [...byPhone, ...byCode, ...inMemory.map(entryOf)],
      found: found.filter(isNew).map(entryOf),
      isSearching,
    }
  }, [typed, inMemory, found, isSearching, mayRead, mayFindByPhone, t, router, handler, findByPhone])
}
