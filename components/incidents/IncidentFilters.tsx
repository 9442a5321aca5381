'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { AddFilterChip } from '#components/ui/FilterChip.tsx'
import { FilterChips } from '#components/ui/filters/FilterChips.tsx'
import { FilterSheet } from '#components/ui/filters/FilterSheet.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { type IncidentFilter, incidentFilters, incidentFilterWords } from '#server/incidents/rules/filters.ts'
import styles from './IncidentFilters.module.css'

type Props = { filter: IncidentFilter; onChange: (change: Partial<IncidentFilter>) => void }

const table = { filters: incidentFilters, words: incidentFilterWords, things: undefined }

/** What narrows the list: words, and one chip a filter. */
export function IncidentFilters({ filter, onChange }: Props) {
  const t = useTranslations('incidents.filters')
  const [isOpen, setOpen] = useState(false)
  useCommands('list', { 'list.filter': () => setOpen(true) })
  return (
    <search className={styles.row}>
      <WordsField words={filter.words} onChange={(words) => onChange({ words })} />
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

type WordsProps = { words: string; onChange: (words: string) => void }

/** Sought when the field is sent or left. */
function WordsField({ words, onChange }: WordsProps) {
  const t = useTranslations('incidents.filters')
  const [text, setText] = useState(words)
  useEffect(() => setText(words), [words])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onChange(text)
  }
  return (
    <form className={styles.search} onSubmit={submit}>
      <Search size={15} aria-hidden="true" />
      <TextInput
        type="search"
        className={styles.words ?? ''}
        value={text}
        maxLength={incidentFilters.words.most}
        placeholder={t('search')}
        aria-label={t('search')}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => text.trim() !== words && onChange(text)}
      />
    </form>
  )
}
