'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { suggestionFreshness } from './suggestion-freshness.ts'
import { useUsualAgencyOptions } from './use-options.ts'

/** As many as there are digits, and how many of them come from the place; the account's habits fill the rest. */
const most = 9
const mostOfPlace = 5

type Choice = {
  /** All agencies; those that handle reports of its place are likely. */
  options: PickerOption[] | undefined
  /**
   * The usual agencies for the report, the likeliest first, without its present and the proposed agency. Empty until
   * all of it is known.
   */
  picks: PickerOption[]
}

/** The choices of agency for a report. `proposed` is already in the field; undefined while it is not known. */
export function useLikelyAgencies(
  report: Pick<ReportView, 'id' | 'agency'>,
  proposed: PickerOption | null | undefined,
): Choice {
  const trpc = useTRPC()
  const usual = useUsualAgencyOptions()
  const { data } = useQuery({ ...trpc.reports.likelyAgencies.queryOptions(report.id), staleTime: suggestionFreshness })
  const here = report.agency?.id
  return useMemo(() => {
    if (!data || !usual) return { options: usual, picks: [] }
    const options = usual.map((option) => ({ ...option, isLikely: data.includes(option.id) }))
    if (proposed === undefined) return { options, picks: [] }
    const others = options.filter(({ id }) => id !== here && id !== proposed?.id)
    const ofPlace = data.flatMap((agencyId) => others.find(({ id }) => id === agencyId) ?? []).slice(0, mostOfPlace)
    const habits = others.filter(({ uses = 0 }) => uses > 0).sort((a, b) => (b.uses ?? 0) - (a.uses ?? 0))
    return { options, picks: [...new Set([...ofPlace, ...habits])].slice(0, most) }
  }, [data, usual, here, proposed])
}
