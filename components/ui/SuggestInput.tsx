'use client'

import Autocomplete from '@mui/material/Autocomplete'
import { useTranslations } from 'next-intl'
import type { FieldWiring } from './FormField.tsx'
import type { PickerOption } from './match-options.ts'
import { OptionRow } from './OptionRow.tsx'
import { PickerField } from './PickerField.tsx'
import { useStillPointer } from './use-still-pointer.ts'
import { VisuallyHidden } from './VisuallyHidden.tsx'

type Props = {
  field: FieldWiring
  value: string
  onType: (text: string) => void
  /** In the order in which they are listed; they are not filtered again. */
  options: readonly PickerOption[]
  onChoose: (id: string) => void
  maxLength?: number
  autoFocus?: boolean
}

/** A line of text with suggestions while it is typed: whatever is typed counts, a suggestion only when it is chosen. */
export function SuggestInput(props: Props) {
  const { field, value, onType, options, onChoose, maxLength, autoFocus = false } = props
  const t = useTranslations('common.picker')
  useStillPointer([options, value])
  return (
    <>
      <Autocomplete
        freeSolo
        disableClearable
        options={options}
        // Nothing is ever chosen for good: the text counts, and the same suggestion may be chosen again.
        value={null as never}
        inputValue={value}
        onInputChange={(_, text, reason) => reason === 'input' && onType(text)}
        onChange={(_, chosen) => typeof chosen !== 'string' && chosen && onChoose(chosen.id)}
        getOptionLabel={(option) => (typeof option === 'string' ? option : option.label)}
        getOptionKey={(option) => (typeof option === 'string' ? option : option.id)}
        filterOptions={(list) => list}
        handleHomeEndKeys={false}
        renderOption={({ key, ...given }, option) => <OptionRow key={key} {...given} option={option} />}
        renderInput={(params) => (
          <PickerField params={params} field={field} autoFocus={autoFocus} maxLength={maxLength} />
        )}
      />
      <VisuallyHidden>
        <span role="status">{options.length > 0 ? t('suggested', { count: options.length }) : ''}</span>
      </VisuallyHidden>
    </>
  )
}
