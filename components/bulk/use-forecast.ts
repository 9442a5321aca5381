'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import type { BulkPreview } from '#server/bulk/queries/preview.ts'
import type { BulkAction } from '#server/bulk/rules/actions.ts'

const pause = 350

/** What the change would do, queried again whenever its terms have changed and the typing has paused. */
export function useForecast(ids: readonly number[], action: BulkAction | null) {
  const client = useTRPCClient()
  const wanted = action && termsOf(action)
  const [terms, setTerms] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => setTerms(wanted), pause)
    return () => clearTimeout(timer)
  }, [wanted])
  const { data, error, isFetching } = useQuery<BulkPreview>({
    queryKey: ['bulk-forecast', ids, terms],
    queryFn: () => client.bulk.preview.mutate({ reportIds: [...ids], action: JSON.parse(terms ?? '') as BulkAction }),
    enabled: terms !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  })
  const forecast = wanted === null ? undefined : data
  return { forecast, error, isSettled: wanted === terms && !isFetching }
}

/** Texts do not change which reports are affected, so the forecast does not depend on them. */
function termsOf(action: BulkAction): string {
  const same = 'x'
  if (action.name === 'transfer' || action.name === 'change_severity')
    return JSON.stringify({ ...action, reason: same })
  if (action.name === 'assign') return JSON.stringify({ ...action, note: '' })
  if (action.name === 'reject') return JSON.stringify({ ...action, answer: action.answer && same })
  return JSON.stringify(action)
}
