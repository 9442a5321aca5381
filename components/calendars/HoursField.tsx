'use client'

import { useLocale } from 'next-intl'
import { useState } from 'react'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { hoursText, minutesOf } from './hours-text.ts'

type Props = {
  label: string
  /** Minutes; null where nothing is given. Not a number where what was typed is none. */
  value: number | null
  onChange: (minutes: number | null) => void
  hint?: string
  error?: string | undefined
  required?: boolean
  placeholder?: string | undefined
}

/** Working hours, with a comma or a point for halves; kept as whole minutes. What was typed stays as it was typed. */
export function HoursField({ label, value, onChange, hint, error, required = false, placeholder }: Props) {
  const locale = useLocale()
  const [typed, setTyped] = useState(() => (value === null ? '' : hoursText(value, locale)))
  const change = (text: string) => {
    setTyped(text)
    onChange(text.trim() === '' ? null : minutesOf(text))
  }
  return (
    <FormField label={label} hint={hint} error={error} required={required}>
      {(field) => (
        <TextInput
          {...field}
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          placeholder={placeholder}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </FormField>
  )
}
