'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { AddFilterChip } from '#components/ui/FilterChip.tsx'
import { FilterChips } from '#components/ui/filters/FilterChips.tsx'
import { FilterSheet } from '#components/ui/filters/FilterSheet.tsx'
import { WordsField } from '#components/ui/filters/WordsField.tsx'
import { type IncidentFilter, incidentFilters, incidentFilterWords } from '#server/incidents/rules/filters.ts'
import styles from './IncidentFilters.module.css'

type Props = { filter: IncidentFilter; onChange: (change: Partial<IncidentFilter>) => void }

const table = { filters: incidentFilters, words: incidentFilterWords, things: undefined }

/** The filters of the list: a search text and one chip for each filter. */
export function IncidentFilters({ filter, onChange }: Props) {
  const t = useTranslations('incidents.filters')
  const [isOpen, setOpen] = useState(false)
  useCommands('list', { 'list.filter': () => setOpen(true) })
  return (
    <search className={styles.row}>
      <WordsField
        label={t('search')}
        words={filter.words}
        most={incidentFilters.words.most}
        onChange={(words) => onChange({ words })}
      />
      <FilterChips {...table} values={filter} onEdit={() => setOpen(true)} onChange={onChange}>
        <AddFilterChip command="list.filter" onClick={() => setOpen(true)}>
          {t('add')}
        </AddFilterChip>
      </FilterChips>
      {isOpen && (
        <FilterSheet {...table} title={t('title')} values={filter} onApply={onChange} onClose={() => setOpen(false)} />
      )}
    </search>
  )
}
