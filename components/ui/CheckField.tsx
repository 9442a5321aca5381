'use client'

import Switch from '@mui/material/Switch'
import { type ComponentPropsWithRef, useId } from 'react'
import styles from './CheckField.module.css'
import { CheckBox } from './Ticks.tsx'

type Props = Omit<ComponentPropsWithRef<'input'>, 'type' | 'size' | 'color' | 'onChange'> & {
  label: string
  hint?: string
  /** A switch turns a state on and off ("emergency mode"); a box is one of several options. */
  look?: 'box' | 'switch'
  onChange: (checked: boolean) => void
}

/** Yes or no, with its label beside it. */
export function CheckField({ label, hint, look = 'box', onChange, checked, disabled, ...rest }: Props) {
  const id = useId()
  const hintId = useId()
  const shared = {
    ...(checked !== undefined && { checked }),
    ...(disabled !== undefined && { disabled }),
  }
  const input = { id, ...rest, 'aria-describedby': hint ? hintId : undefined }
  return (
    <label className={styles.field} htmlFor={input.id}>
      {look === 'switch' ? (
        <Switch
          {...shared}
          className={styles.switch ?? ''}
          slotProps={{ input: { ...input, role: 'switch' } }}
          onChange={(_, on) => onChange(on)}
        />
      ) : (
        <CheckBox {...shared} {...input} className={styles.box} onChange={(event) => onChange(event.target.checked)} />
      )}
      <span className={styles.words}>
        {label}
        {hint && (
          <span id={hintId} className={styles.hint}>
            {hint}
          </span>
        )}
      </span>
    </label>
  )
}
