'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { type AccountFilters, accountFilters } from '#server/accounts/rules/filters.ts'
import { addressWith, parametersOf } from '#server/platform/rules/filters/address.ts'
import { parseFilters, writeFilters } from '#server/platform/rules/filters/filters.ts'

/** The filter is stored in the address: reload, Back and a shared link restore the same list. */
export function useAccountFilters(): [AccountFilters, (changes: Partial<AccountFilters>) => void] {
  const path = usePathname()
  const query = useSearchParams()
  const filters = useMemo(() => parseFilters(accountFilters, parametersOf(query)), [query])
  const change = (changes: Partial<AccountFilters>) =>
    window.history.replaceState(null, '', addressWith(path, writeFilters(accountFilters, { ...filters, ...changes })))
  return [filters, change]
}
