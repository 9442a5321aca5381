'use client'

import Autocomplete from '@mui/material/Autocomplete'
import { ChevronDown, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useContext, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { KeyboardContext } from '#components/keyboard/keyboard-context.ts'
import { digitTyped } from '#components/keyboard/strokes.ts'
import { Kbd } from './Kbd.tsx'
import { beyondDoubt, matchOptions, numberedOptions, type PickerOption } from './match-options.ts'
import type { OptionPickerProps } from './OptionPicker.tsx'
import styles from './OptionPickerBox.module.css'
import { OptionRow } from './OptionRow.tsx'
import { PickerField } from './PickerField.tsx'
import { pointedOption } from './pointed-option.ts'
import { useStillPointer } from './use-still-pointer.ts'

export function OptionPickerBox(props: OptionPickerProps) {
  const { field, options, placeholder, autoFocus = false, multiple = false, sends = false } = props
  const t = useTranslations('common.picker')
  const all = options ?? []
  const chosen = props.multiple
    ? all.filter(({ id }) => props.value.includes(id))
    : (all.find(({ id }) => id === props.value) ?? null)
  const choose = (next: PickerOption | readonly PickerOption[] | null) => {
    if (props.multiple) props.onChange((Array.isArray(next) ? next : []).map(({ id }) => id))
    else props.onChange((next as PickerOption | null)?.id ?? null)
  }
  // What is being typed; null while the field shows the name of the choice.
  const [typed, setTyped] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const name = Array.isArray(chosen) ? '' : ((chosen as PickerOption | null)?.label ?? '')
  // Where a value is required, only the typed text counts: a name that is half typed, or matches nothing, chooses
  // nothing, and above all not the previous value.
  const isStrict = !props.multiple && props.clearable === false
  const value = props.multiple ? null : props.value
  const [seen, setSeen] = useState(value)
  if (value !== seen) {
    setSeen(value)
    if (isStrict && value !== null) setTyped(null)
  }
  const found = !props.multiple && typed?.trim() ? matchOptions(all, typed) : null
  const sure = found ? beyondDoubt(found) : undefined
  const singleKeys = useContext(KeyboardContext)?.singleKeys ?? false
  const numbered = sends && singleKeys && found ? numberedOptions(found, typed ?? '') : null
  const digits = new Map(numbered && [...numbered].map(([digit, { id }]) => [id, digit]))
  const type = (text: string) => {
    setTyped(text)
    if (isStrict) choose(null)
  }
  const leave = () => {
    const [only] = found?.length === 1 ? found : []
    if (only) choose(only)
    if (only || !isStrict || !found) setTyped(null)
  }
  // Submitted from the field: an unambiguous option is chosen at once, anything else first shows what would be chosen.
  const takeAlong = (press: KeyboardEvent, meant: PickerOption | undefined) => {
    if (!meant) return
    Object.assign(press, { defaultMuiPrevented: true })
    flushSync(() => {
      setTyped(null)
      choose(meant)
    })
  }
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const chosenByDigit = numbered?.get(digitTyped(event.nativeEvent) ?? 0)
    if (!chosenByDigit) return enter(event)
    event.preventDefault()
    takeAlong(event, chosenByDigit)
    event.currentTarget.closest('form')?.requestSubmit()
  }
  const enter = (press: KeyboardEvent) => {
    if (press.key !== 'Enter' || press.nativeEvent.isComposing) return
    const pointed = found?.[Number(pointedOption(press.target)?.dataset.optionIndex ?? -1)]
    if (press.ctrlKey || press.metaKey || press.altKey) takeAlong(press, pointed ?? sure)
    else if (found?.length === 0) press.preventDefault()
    else if (sends && !pointed) takeAlong(press, sure)
  }
  useStillPointer([options, typed, name, isOpen])
  // A name that is filled in while the field has the focus is replaced by what is typed next, as after Tab.
  useEffect(() => {
    const input = document.getElementById(field.id)
    if (name && typed === null && input === document.activeElement && input instanceof HTMLInputElement) input.select()
  }, [name, typed, field.id])
  return (
    <Autocomplete
      multiple={multiple}
      options={all}
      loading={options === undefined}
      loadingText={t('loading')}
      noOptionsText={t('none')}
      openText={t('open')}
      closeText={t('close')}
      clearText={t('clear')}
      value={chosen as PickerOption}
      onChange={(_, next) => {
        setTyped(null)
        choose(next)
      }}
      inputValue={typed ?? name}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      onInputChange={(_, text, reason) => {
        if (reason === 'input') type(text)
        else if (reason === 'blur') leave()
        // A proposal that comes while something is being typed does not replace it.
        else if (reason !== 'reset') setTyped(null)
      }}
      getOptionLabel={({ label }) => label}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      // The name of the choice is shown in the field: it is not a search.
      filterOptions={(list, { inputValue }) => matchOptions(list, !multiple && inputValue === name ? '' : inputValue)}
      groupBy={all.some(({ group }) => group) ? ({ group = '' }) => group : undefined}
      disableClearable={(!props.multiple && props.clearable === false) as false}
      disableCloseOnSelect={multiple}
      popupIcon={<ChevronDown size={16} />}
      clearIcon={<X size={16} />}
      autoHighlight
      handleHomeEndKeys={false}
      renderOption={({ key, ...given }, option) => (
        <OptionRow key={key} {...given} option={option}>
          {sends && (option === sure || digits.has(option.id)) && (
            <span className={styles.key}>
              <Kbd>{option === sure ? 'Enter' : String(digits.get(option.id))}</Kbd>
            </span>
          )}
        </OptionRow>
      )}
      renderInput={(params) => (
        <PickerField
          params={params}
          field={field}
          autoFocus={autoFocus}
          onKeyDown={press}
          placeholder={Array.isArray(chosen) && chosen.length > 0 ? undefined : placeholder}
        />
      )}
    />
  )
}
