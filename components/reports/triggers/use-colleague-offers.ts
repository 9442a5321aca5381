'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { matchOptions } from '#components/ui/match-options.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { mentionWords } from '#server/reports/rules/mentions.ts'
import type { Offers } from './offers.ts'
import type { OpenTrigger } from './open-trigger.ts'

const most = 8
const freshness = 300_000

/**
 * The colleagues who can be mentioned, and whether a mention has been chosen already. Loaded when the box opens, so
 * that a note written without a connection can mention them too.
 */
export function useColleagueOffers(report: ReportView) {
  const trpc = useTRPC()
  const { data, isFetching } = useQuery({
    ...trpc.reports.mentionable.queryOptions(report.id),
    staleTime: freshness,
  })
  const isChosen = ({ id, query }: OpenTrigger): boolean =>
    id === 'composer.colleague' && (data ?? []).some(({ name }) => query.startsWith(`${name} `))
  return { data, isFetching, isChosen }
}

export function useOffersOf(
  { data, isFetching }: Pick<ReturnType<typeof useColleagueOffers>, 'data' | 'isFetching'>,
  query: string | null,
): Offers {
  return useMemo((): Offers => {
    if (query === null) return { options: [], state: 'there' }
    const all = (data ?? []).map(({ id, name, position, agencyName }) => ({
      id,
      label: name,
      note: [position, agencyName].filter(Boolean).join(' · '),
      text: `${mentionWords(name)} `,
    }))
    const options = query.trim() === '' ? all : matchOptions(all, query)
    return { options: options.slice(0, most), state: data ? 'there' : isFetching ? 'coming' : 'missing' }
  }, [data, isFetching, query])
}
