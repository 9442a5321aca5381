'use client'

import Autocomplete from '@mui/material/Autocomplete'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useState } from 'react'
import { flushSync } from 'react-dom'
import { matchOptions } from './match-options.ts'
import { PickerField } from './PickerField.tsx'
import { pointedOption } from './pointed-option.ts'
import type { TagPickerProps } from './TagPicker.tsx'
import { useStillPointer } from './use-still-pointer.ts'

const longest = 40

export function TagPickerBox({ field, options, value, onChange, autoFocus = false }: TagPickerProps) {
  const t = useTranslations('common.picker')
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  useStillPointer([options, typed, value, isOpen])
  const put = (tags: readonly string[]) => {
    const clean = tags.map((tag) => tag.normalize('NFC').trim().slice(0, longest)).filter(Boolean)
    onChange([...new Set(clean)])
  }
  /** Text that was typed and not confirmed counts as well, so that Tab loses no label. */
  const take = (text: string) => {
    put([...value, ...text.split(/[,;\n]/)])
    setTyped('')
  }
  /** Submitted from the field: what was typed, or selected with the arrows, is included. */
  const takeAlong = (press: KeyboardEvent) => {
    const isSent = press.key === 'Enter' && (press.ctrlKey || press.metaKey || press.altKey)
    const meant = pointedOption(press.target)?.textContent ?? typed
    if (!isSent || press.nativeEvent.isComposing || meant.trim() === '') return
    Object.assign(press, { defaultMuiPrevented: true })
    flushSync(() => take(meant))
  }
  return (
    <Autocomplete
      multiple
      freeSolo
      options={options ?? []}
      value={[...value]}
      inputValue={typed}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      onInputChange={(_, text, reason) => {
        if (reason !== 'input') return setTyped('')
        return /[,;\n]/.test(text) ? take(text) : setTyped(text)
      }}
      onChange={(_, next) => put(next)}
      onBlur={() => typed.trim() !== '' && take(typed)}
      filterSelectedOptions
      filterOptions={(all, { inputValue }) =>
        matchOptions(
          all.map((tag) => ({ id: tag, label: tag })),
          inputValue,
        ).map(({ id }) => id)
      }
      clearText={t('clear')}
      clearIcon={<X size={16} />}
      noOptionsText={t('none')}
      handleHomeEndKeys={false}
      renderInput={(params) => (
        <PickerField params={params} field={field} autoFocus={autoFocus} onKeyDown={takeAlong} />
      )}
    />
  )
}
