'use client'

import type { AutocompleteRenderInputParams } from '@mui/material/Autocomplete'
import InputBase from '@mui/material/InputBase'
import type { KeyboardEvent } from 'react'
import type { FieldWiring } from './FormField.tsx'

type Props = {
  params: AutocompleteRenderInputParams
  field: FieldWiring
  autoFocus: boolean
  placeholder?: string | undefined
  maxLength?: number | undefined
  onKeyDown?: (press: KeyboardEvent<HTMLElement>) => void
}

/** The field of a picker: the frame of every other text field, around the chosen and what is typed. */
export function PickerField({ params, field, autoFocus, placeholder, maxLength, onKeyDown }: Props) {
  const { disabled, slotProps } = params
  const { ref, className, startAdornment, endAdornment, onMouseDown } = slotProps.input
  return (
    <InputBase
      ref={ref}
      className={className}
      fullWidth
      disabled={disabled}
      startAdornment={startAdornment}
      endAdornment={endAdornment}
      onMouseDown={onMouseDown}
      onKeyDown={onKeyDown}
      slotProps={{
        input: {
          ...slotProps.htmlInput,
          ...field,
          placeholder,
          maxLength,
          autoFocus,
          // Said, but not the browser's own check, which knows only what is typed and not what is chosen.
          required: false,
          'aria-required': field.required || undefined,
          autoComplete: 'off',
          spellCheck: false,
        },
      }}
    />
  )
}
