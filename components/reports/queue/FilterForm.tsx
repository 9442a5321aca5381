'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { FilterSheet } from '#components/ui/filters/FilterSheet.tsx'
import { thingsOf } from '#server/reports/rules/filter-things.ts'
import { reportStates } from '#server/reports/rules/lifecycle.ts'
import { statesOf, viewRules } from '#server/reports/rules/queue.ts'
import { queueFilters, queueFilterWords } from '#server/reports/rules/queue-filters.ts'
import type { FilterSheetProps } from './FilterSheet.tsx'

/** Every filter of the queue. */
export function FilterForm({ queue, choices, onQueue, onClose }: FilterSheetProps) {
  const t = useTranslations('reports.queue.filters')
  const { isAboutStates } = viewRules[queue.view]
  const things = useMemo(() => {
    if (!choices) return undefined
    const named = thingsOf(choices)
    // The options that name no fixed person are in a separate group.
    return { ...named, colleagues: named.colleagues?.map((thing) => ({ ...thing, group: t('someone') })) ?? [] }
  }, [choices, t])
  return (
    <FilterSheet
      title={t('title')}
      clear={t('clear')}
      filters={queueFilters}
      words={queueFilterWords}
      values={queue}
      things={things}
      offered={{ states: isAboutStates ? statesOf({ view: queue.view, states: [] }) : reportStates }}
      onApply={(chosen) => onQueue({ ...queue, ...chosen })}
      onClose={onClose}
    />
  )
}
