'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FilterSheet } from '#components/ui/filters/FilterSheet.tsx'
import {
  type BoardFilters,
  boardComparison,
  boardFilters,
  boardFilterWords,
  noBoardFilters,
} from '#server/insights/rules/filters.ts'
import { thingsOf } from '#server/reports/rules/filter-things.ts'

type Props = {
  filters: BoardFilters
  /** Opened to choose the agency to compare with: that field comes first. */
  isComparing: boolean
  onFilters: (filters: BoardFilters) => void
  onClose: () => void
}

const hour = 3_600_000
const fields = { ...boardFilters, comparedAgency: boardComparison.comparedAgency } as const
const comparedWords = {
  comparedAgency: { label: 'board.filters.comparedAgency', hint: 'board.filters.comparedHint' },
} as const

/** The filters of all cards, and the agency they are compared with. */
export function BoardFilterForm({ filters, isComparing, onFilters, onClose }: Props) {
  const t = useTranslations('board.filters')
  const trpc = useTRPC()
  const { data } = useQuery({ ...trpc.reports.choices.queryOptions(), staleTime: hour })
  const things = useMemo(() => data && thingsOf(data), [data])
  const usual = filters.compare === 'agency' ? noBoardFilters.compare : filters.compare
  return (
    <FilterSheet
      title={t('title')}
      filters={fields}
      words={isComparing ? { ...comparedWords, ...boardFilterWords } : { ...boardFilterWords, ...comparedWords }}
      values={filters}
      things={things}
      onApply={(chosen) =>
        onFilters({ ...filters, ...chosen, compare: chosen.comparedAgency === null ? usual : 'agency' })
      }
      onClose={onClose}
    />
  )
}
