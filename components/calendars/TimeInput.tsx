'use client'

import { useState } from 'react'
import { TextInput } from '#components/ui/TextInput.tsx'
import { clockText, minuteOf } from './clock-text.ts'
import styles from './TimeInput.module.css'

type Props = { label: string; value: number; onChange: (minute: number) => void }

/** A time of day, 24:00 included, which the browser's own field does not know. What was typed stays as it was typed. */
export function TimeInput({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed !== null && (Number.isNaN(value) || minuteOf(typed) === value) ? typed : clockText(value)
  return (
    <TextInput
      className={styles.time ?? ''}
      aria-label={label}
      aria-invalid={Number.isNaN(value) || undefined}
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      placeholder="08:00"
      value={shown}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(minuteOf(event.target.value))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
