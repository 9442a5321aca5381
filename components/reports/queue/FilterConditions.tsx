'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { FilterChip } from '#components/ui/FilterChip.tsx'
import type { Choices } from '#server/reports/queries/choices.ts'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import { noFilters, type Queue } from '#server/reports/rules/queue.ts'
import styles from './FilterRow.module.css'
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

/** How a search found what it found, where not as it was typed. */
export function SearchNote({ search, words }: { search: NonNullable<QueuePage['search']>; words: string }) {
  const t = useTranslations('reports.queue')
  const note = () => {
    if (search.mode === 'beginnings') return t('foundBeginnings', { words })
    if (search.mode !== 'mistyped') return null
    return search.instead ? t('foundInstead', { words, instead: search.instead }) : t('foundNearly', { words })
  }
  const said = note()
  return said && <p className={styles.note}>{said}</p>
}
