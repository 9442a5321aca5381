'use client'

import { CircleAlert, type LucideIcon } from 'lucide-react'
import { type KeyboardEvent, useContext, useId } from 'react'
import { KeyboardContext } from '#components/keyboard/keyboard-context.ts'
import { digitOf } from '#components/keyboard/strokes.ts'
import { Kbd } from '#components/ui/Kbd.tsx'
import { RadioButton } from '#components/ui/Ticks.tsx'
import styles from './Choice.module.css'

type Props<Value extends string> = {
  label: string
  options: readonly { value: Value; label: string; tone?: string; icon?: LucideIcon }[]
  value: Value | ''
  onChange: (value: Value) => void
  error?: string | undefined
  autoFocus?: boolean
  required?: boolean
}

/**
 * A radio group with all options visible. The arrow keys choose, as in any group of radio buttons; so does the digit
 * before each.
 */
export function Choice<Value extends string>(props: Props<Value>) {
  const { label, options, value, onChange, error, autoFocus = false, required = false } = props
  const id = useId()
  const singleKeys = useContext(KeyboardContext)?.singleKeys ?? false
  const press = (event: KeyboardEvent<HTMLFieldSetElement>) => {
    const place = (digitOf(event.nativeEvent) ?? 0) - 1
    const option = options[place]
    if (!singleKeys || !option) return
    event.preventDefault()
    event.stopPropagation()
    onChange(option.value)
    event.currentTarget.querySelectorAll('input')[place]?.focus()
  }
  return (
    <fieldset className={styles.group} onKeyDown={press} aria-describedby={error && `${id}-error`}>
      <legend className={styles.legend}>
        {label}
        {required && (
          <span className={styles.star} aria-hidden="true">
            {' '}
            *
          </span>
        )}
      </legend>
      <div className={styles.options}>
        {options.map((option, i) => (
          <label key={option.value} className={styles.option} style={{ color: option.tone }}>
            <RadioButton
              name={id}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
              autoFocus={autoFocus && (value === '' ? i === 0 : value === option.value)}
            />
            {option.icon && <option.icon size={16} aria-hidden="true" />}
            <span>{option.label}</span>
            {singleKeys && (
              <span className={styles.digit}>
                <Kbd>{String(i + 1)}</Kbd>
              </span>
            )}
          </label>
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          <CircleAlert size={14} aria-hidden="true" />
          {error}
        </p>
      )}
    </fieldset>
  )
}
