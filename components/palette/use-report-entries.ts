'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { type SearchedReport, useSearchedReports } from '#components/reports/queue/use-searched-reports.ts'
import { useSearch } from '#components/shell/SearchProvider.tsx'
import { personsPhoneOf } from '#server/platform/rules/phone.ts'
import { typedCode } from '#server/reports/rules/report-code.ts'
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
    const sought = mayRead ? typedCode(typed) : null
    const entryOf = ({ code, title, address }: SearchedReport): Entry => ({
      id: `report:${code}`,
      section: 'reports',
      label: title,
      note: [code, address].filter(Boolean).join(' · '),
      // The code may be typed with its operator, or without its hyphens.
      also: code === sought ? typed : undefined,
      // Where a list is open, the report opens over it.
      run: () => (handler.current ? handler.current(code) : router.push(`/reports/${encodeURIComponent(code)}`)),
    })
    const byCode: Entry[] =
      sought && !inMemory.some(({ code }) => code === sought)
        ? [{ ...entryOf({ code: sought, title: t('open', { code: sought }), address: '' }), note: t('openNote') }]
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
    return {
      known: [...byPhone, ...byCode, ...inMemory.map(entryOf)],
      found: found.map(entryOf),
      isSearching,
    }
  }, [typed, inMemory, found, isSearching, mayRead, mayFindByPhone, t, router, handler, findByPhone])
}
