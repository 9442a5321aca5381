'use client'

import Autocomplete from '@mui/material/Autocomplete'
import TextField from '@mui/material/TextField'
import { useTranslations } from 'next-intl'
import type { FieldWiring } from '#components/ui/FormField.tsx'
import { fold } from '#server/platform/rules/text.ts'
import styles from './Picker.module.css'

export type Option = {
  id: string
  label: string
  /** A second, quieter text: short name, code, workload. */
  note?: string
  group?: string
  /** Found by these words too. */
  also?: string
}

type Props = {
  field: FieldWiring
  options: readonly Option[] | undefined
  value: string | null
  onChange: (option: Option | null) => void
  autoFocus?: boolean
  /** Without a choice there is a value too: "nobody", "none". */
  clearable?: boolean
  placeholder?: string
}

const most = 60

/**
 * One of many by typing a few letters of it, accents or none, in any order of words. All by keyboard: arrows and Enter choose, and
 * with the list closed Enter goes on to the form.
 */
export function Picker({ field, options, value, onChange, autoFocus = false, clearable = false, placeholder }: Props) {
  const t = useTranslations('report.dialogs')
  const chosen = options?.find(({ id }) => id === value) ?? null
  return (
    <Autocomplete
      options={options ?? []}
      loading={options === undefined}
      loadingText={t('loading')}
      noOptionsText={t('noOptions')}
      value={chosen}
      onChange={(_, option) => onChange(option)}
      getOptionLabel={({ label }) => label}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      filterOptions={(all, { inputValue }) => matching(all, inputValue, chosen)}
      groupBy={options?.some(({ group }) => group) ? ({ group = '' }) => group : undefined}
      disableClearable={(!clearable && chosen !== null) as false}
      autoHighlight
      handleHomeEndKeys={false}
      renderOption={({ key, ...props }, { label, note }) => (
        <li {...props} key={key}>
          <span className={styles.label}>{label}</span>
          {note && <span className={styles.note}>{note}</span>}
        </li>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          fullWidth
          autoFocus={autoFocus}
          placeholder={placeholder}
          slotProps={{
            ...params.slotProps,
            htmlInput: { ...params.slotProps?.htmlInput, ...field, autoComplete: 'off', spellCheck: false },
          }}
          error={field['aria-invalid'] === true}
        />
      )}
    />
  )
}

/** Every typed word must begin a word of the option; what begins with the first typed word comes first. */
export function matching(options: readonly Option[], typed: string, chosen: Option | null): Option[] {
  // The name of what is chosen stands in the field: it is no search.
  if (typed === '' || typed === chosen?.label) return options.slice(0, 400)
  const words = fold(typed).split(/\s+/).filter(Boolean)
  const found = options.filter((option) => {
    const text = ` ${fold([option.label, option.note, option.also, option.group].filter(Boolean).join(' ')).replace(/[^\p{L}\p{N}-]+/gu, ' ')} `
    return words.every((word) => text.includes(` ${word}`))
  })
  const begins = (option: Option) => (fold(option.label).startsWith(words[0] ?? '') ? 0 : 1)
  return found.sort((a, b) => begins(a) - begins(b)).slice(0, most)
}
