'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { FilterChip } from '#components/ui/FilterChip.tsx'
import { emptyOf, type Filters, type FilterValues } from '#server/platform/rules/filters/filters.ts'
import type { Things } from '#server/platform/rules/filters/things.ts'
import type { FilterWords, LooseWords } from '#server/platform/rules/filters/words.ts'
import { useFilterLines } from './use-filter-lines.ts'

type Props<F extends Filters> = {
  filters: F
  words: FilterWords<F>
  values: FilterValues<F>
  things: Things | undefined
  /** Where a list has its own text for it. */
  clear?: string
  /** The button that adds a filter. */
  children?: ReactNode
  onEdit: () => void
  onChange: (change: Partial<FilterValues<F>>) => void
}

/** The filters of a list, one chip each, and the button that clears them all. */
export function FilterChips<F extends Filters>({
  filters,
  words,
  values,
  things,
  clear,
  children,
  onEdit,
  onChange,
}: Props<F>) {
  const t = useTranslations('common.filter')
  const lines = useFilterLines(filters, words)(values, things)
  return (
    <>
      {lines.map(({ name, label, value }) => (
        <FilterChip
          key={name}
          label={label}
          value={value}
          {...(!(words[name] as LooseWords).isChipOnly && { onEdit })}
          onRemove={() => onChange({ [name]: filters[name]?.empty } as Partial<FilterValues<F>>)}
        />
      ))}
      {children}
      {lines.length > 1 && (
        <Button variant="quiet" size="small" onClick={() => onChange(emptyOf(filters))}>
          {clear ?? t('clear')}
        </Button>
      )}
    </>
  )
}
