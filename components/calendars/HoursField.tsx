'use client'

import { useLocale } from 'next-intl'
import { useState } from 'react'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { hoursText, minutesOf } from './hours-text.ts'

type Props = {
  label: string
  /** Minutes; null for an empty field, NaN for invalid input. */
  value: number | null
  onChange: (minutes: number | null) => void
  hint?: string
  error?: string | undefined
  required?: boolean
  placeholder?: string | undefined
}

/** Working hours, with a comma or a point for fractions; stored as whole minutes. The typed text is not reformatted. */
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
