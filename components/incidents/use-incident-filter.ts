'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { type IncidentFilter, incidentFilters } from '#server/incidents/rules/filters.ts'
import { addressWith, parametersOf } from '#server/platform/rules/filters/address.ts'
import { parseFilters, writeFilters } from '#server/platform/rules/filters/filters.ts'

/** The filter is stored in the address: reload, Back and a shared link restore the same list. */
export function useIncidentFilter(): [IncidentFilter, (change: Partial<IncidentFilter>) => void] {
  const path = usePathname()
  const query = useSearchParams()
  const filter = useMemo(() => parseFilters(incidentFilters, parametersOf(query)), [query])
  const change = (next: Partial<IncidentFilter>) =>
    window.history.replaceState(null, '', addressWith(path, writeFilters(incidentFilters, { ...filter, ...next })))
  return [filter, change]
}
