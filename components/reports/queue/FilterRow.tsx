'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AddFilterChip } from '#components/ui/FilterChip.tsx'
import type { Choices } from '#server/reports/queries/choices.ts'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import { isFiltered, type Queue } from '#server/reports/rules/queue.ts'
import styles from './FilterRow.module.css'

/** A list without filters, as most begin, is rendered without their code. */
const FilterConditions = dynamic(() => import('./FilterConditions.tsx').then((part) => part.FilterConditions))
const SearchNote = dynamic(() => import('./FilterConditions.tsx').then((part) => part.SearchNote))

type Props = {
  queue: Queue
  choices: Choices | undefined
  search: QueuePage['search']
  onFilter: () => void
  onQueue: (queue: Queue) => void
  /** Before the filters: the view that they narrow. */
  lead?: ReactNode
  /** `bar`: within the bar of a page header, as wide as what is left beside the title. */
  look?: 'list' | 'bar'
  /** Actions on the list as it is filtered now. */
  children?: ReactNode
}

/** The filters of the list, one chip each, and how the search was interpreted. */
export function FilterRow({ queue, choices, search, onFilter, onQueue, lead, look = 'list', children }: Props) {
  const t = useTranslations('reports.queue')
  return (
    <>
      <section className={styles.row} data-look={look} aria-label={t('filters.label')}>
        {lead}
        {isFiltered(queue) && (
          <FilterConditions queue={queue} choices={choices} onFilter={onFilter} onQueue={onQueue} />
        )}
        <AddFilterChip command="list.filter" onClick={onFilter}>
          {t('filters.add')}
        </AddFilterChip>
        {children}
      </section>
      {search && <SearchNote search={search} words={queue.words} />}
    </>
  )
}
