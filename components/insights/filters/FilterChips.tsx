'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { FilterChip } from '#components/ui/FilterChip.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { BoardHeader } from '#server/insights/rules/board.ts'
import { type BoardFilters, type NarrowingFilter, narrowingFilters } from '#server/insights/rules/filters.ts'
import styles from './FilterChips.module.css'

type Props = {
  filters: BoardFilters
  names: BoardHeader['names']
  onFilter: () => void
  onFilters: (filters: BoardFilters) => void
}

/** What the board is narrowed to, one chip a condition. */
export function FilterChips({ filters, names, onFilter, onFilters }: Props) {
  const t = useTranslations('board.filters')
  const wordsOf = useNarrowingWords(names)
  const set = narrowingFilters.filter((name) => filters[name] !== null)
  const without = (dropped: readonly NarrowingFilter[]): BoardFilters => ({
    ...filters,
    ...Object.fromEntries(dropped.map((name) => [name, null])),
  })
  return (
    <section className={styles.row} aria-label={t('label')}>
      {set.map((name) => (
        <FilterChip
          key={name}
          label={t(name)}
          value={wordsOf(filters, name)}
          onEdit={onFilter}
          onRemove={() => onFilters(without([name]))}
        />
      ))}
      {set.length > 1 && (
        <Button variant="quiet" size="small" onClick={() => onFilters(without(set))}>
          {t('clear')}
        </Button>
      )}
    </section>
  )
}

/** The value of a filter in words. */
export function useNarrowingWords(names: BoardHeader['names']) {
  const reports = useTranslations('reports')
  const nameIn = useNameIn()
  return (filters: BoardFilters, name: NarrowingFilter): string => {
    if (name === 'channel') return filters.channel ? reports(`channels.${filters.channel}`) : ''
    if (name === 'severity') return filters.severity ? reports(`severities.${filters.severity}`) : ''
    if (name === 'category') return names.category ? nameIn(names.category) : (filters.category ?? '')
    return names[name] ?? String(filters[name] ?? '')
  }
}
