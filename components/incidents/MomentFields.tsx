'use client'

import { useState } from 'react'
import { clockText, minuteOf } from '#components/calendars/clock-text.ts'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { instantAt, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import styles from './MomentFields.module.css'

type Props = {
  label: string
  timeLabel: string
  value: Date | null
  onChange: (at: Date | null) => void
  hint?: string
  error?: string | undefined
  required?: boolean
}

/** A day and a time in Hanoi. What was typed stays, even if invalid: then the form says so. */
export function MomentFields({ label, timeLabel, value, onChange, hint, error, required = false }: Props) {
  const [day, setDay] = useState(value && localDayOf(value))
  const [time, setTime] = useState(value ? timeOf(value) : '')
  const change = (nextDay: string | null, nextTime: string) => {
    setDay(nextDay)
    setTime(nextTime)
    onChange(momentOf(nextDay, nextTime))
  }
  return (
    <div className={styles.pair}>
      <DateField
        label={label}
        value={day}
        error={error}
        required={required}
        onChange={(next) => change(next, time === '' && next ? '00:00' : time)}
        {...(hint !== undefined && { hint })}
      />
      <FormField label={timeLabel}>
        {(field) => (
          <TextInput
            {...field}
            inputMode="numeric"
            maxLength={5}
            placeholder="08:00"
            autoComplete="off"
            value={time}
            onChange={(event) => change(day, event.target.value)}
          />
        )}
      </FormField>
    </div>
  )
}

const timeOf = (at: Date) => clockText(Math.round((at.getTime() - startOfDay(localDayOf(at)).getTime()) / 60_000))

/** Null for empty input; an invalid date for invalid input. */
function momentOf(day: string | null, time: string): Date | null {
  if (day === null) return null
  const minute = minuteOf(time)
  return Number.isNaN(minute) || minute === 1440 ? new Date(Number.NaN) : instantAt(day, clockText(minute))
}
