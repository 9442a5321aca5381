'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import type { BulkPreview } from '#server/bulk/queries/preview.ts'
import type { BulkDeed } from '#server/bulk/rules/actions.ts'

const pause = 350

/** What the change would do, looked up again whenever its terms have changed and the typing has come to rest. */
export function useForecast(ids: readonly number[], deed: BulkDeed | null) {
  const client = useTRPCClient()
  const wanted = deed && termsOf(deed)
  const [terms, setTerms] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => setTerms(wanted), pause)
    return () => clearTimeout(timer)
  }, [wanted])
  const { data, error, isFetching } = useQuery<BulkPreview>({
    queryKey: ['bulk-forecast', ids, terms],
    queryFn: () => client.bulk.preview.mutate({ reportIds: [...ids], deed: JSON.parse(terms ?? '') as BulkDeed }),
    enabled: terms !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  })
  const forecast = wanted === null ? undefined : data
  return { forecast, error, isSettled: wanted === terms && !isFetching }
}

/** Words that change nothing about who is concerned are not looked up letter by letter. */
function termsOf(deed: BulkDeed): string {
  const same = 'x'
  if (deed.name === 'transfer' || deed.name === 'change_severity') return JSON.stringify({ ...deed, reason: same })
  if (deed.name === 'assign') return JSON.stringify({ ...deed, note: '' })
  if (deed.name === 'reject') return JSON.stringify({ ...deed, answer: deed.answer && same })
  return JSON.stringify(deed)
}
