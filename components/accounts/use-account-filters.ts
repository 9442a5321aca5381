'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { type AccountList, accountListInput } from '#server/accounts/rules/schemas.ts'

export type AccountFilters = Omit<AccountList, 'cursor'>

/** The filter stands in the address: reload, Back and a shared link bring the same list. */
export function useAccountFilters(): [AccountFilters, (changes: Partial<AccountFilters>) => void] {
  const path = usePathname()
  const query = useSearchParams()
  const filters = useMemo(() => filtersIn(query), [query])
  const change = (changes: Partial<AccountFilters>) => {
    const next = new URLSearchParams()
    for (const [name, value] of Object.entries({ ...filters, ...changes })) {
      if (value && !(name === 'state' && value === 'active')) next.set(name, value)
    }
    window.history.replaceState(null, '', next.size > 0 ? `${path}?${next}` : path)
  }
  return [filters, change]
}

/** An address written by hand may hold anything: what is no filter is left out. */
function filtersIn(query: URLSearchParams): AccountFilters {
  const shape = accountListInput.omit({ cursor: true })
  const whole = shape.safeParse(Object.fromEntries(query))
  return whole.success ? whole.data : shape.parse({ search: query.get('search')?.slice(0, 100) ?? '' })
}
