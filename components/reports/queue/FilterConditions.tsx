'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { Asleep } from '#components/ui/Asleep.tsx'
import { FilterChips } from '#components/ui/filters/FilterChips.tsx'
import type { Choices } from '#server/reports/queries/choices.ts'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import { thingsOf } from '#server/reports/rules/filter-things.ts'
import type { Queue } from '#server/reports/rules/queue.ts'
import { queueFilters, queueFilterWords } from '#server/reports/rules/queue-filters.ts'
import styles from './FilterRow.module.css'

type Props = {
  queue: Queue
  choices: Choices | undefined
  onFilter: () => void
  onQueue: (queue: Queue) => void
}

/** The filters of the list, one chip each. */
export function FilterConditions({ queue, choices, onFilter, onQueue }: Props) {
  const t = useTranslations('reports.queue.filters')
  const things = useMemo(() => choices && thingsOf(choices), [choices])
  return (
    <>
      <FilterChips
        clear={t('clear')}
        filters={queueFilters}
        words={queueFilterWords}
        values={queue}
        things={things}
        onEdit={onFilter}
        onChange={(change) => onQueue({ ...queue, ...change })}
      />
      <Asleep />
    </>
  )
}

/** How the search was interpreted, where not as it was typed. */
export function SearchNote({ search, words }: { search: NonNullable<QueuePage['search']>; words: string }) {
  const t = useTranslations('reports.queue')
  const note = () => {
    if (search.mode === 'beginnings') return t('foundBeginnings', { words })
    if (search.mode !== 'mistyped') return null
    return search.instead ? t('foundInstead', { words, instead: search.instead }) : t('foundNearly', { words })
  }
  const said = [search.readAs && t('readAs', { words: search.readAs }), note()].filter(Boolean).join(' ')
  return said !== '' && <p className={styles.note}>{said}</p>
}
