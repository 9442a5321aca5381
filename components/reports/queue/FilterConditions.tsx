'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { FilterChip } from '#components/ui/FilterChip.tsx'
import type { Choices } from '#server/reports/queries/choices.ts'
import { noFilters, type Queue } from '#server/reports/rules/queue.ts'
import { useFilterWords } from './filter-words.ts'

type Props = {
  queue: Queue
  choices: Choices | undefined
  onFilter: () => void
  onQueue: (queue: Queue) => void
}

/** What narrows the list, one chip a condition, and the way to be rid of all of it. */
export function FilterConditions({ queue, choices, onFilter, onQueue }: Props) {
  const t = useTranslations('reports.queue')
  const chips = useFilterWords()(queue, choices)
  return (
    <>
      {chips.map(({ key, label, value, without }) => (
        <FilterChip
          key={key}
          label={label}
          value={value}
          {...(key !== 'words' && { onEdit: onFilter })}
          onRemove={() => onQueue({ ...queue, ...without })}
        />
      ))}
      {chips.length > 1 && (
        <Button variant="quiet" size="small" onClick={() => onQueue({ ...queue, ...noFilters })}>
          {t('filters.clear')}
        </Button>
      )}
    </>
  )
}
