import { type ComponentPropsWithRef, useId } from 'react'
import styles from './CheckField.module.css'

type Props = Omit<ComponentPropsWithRef<'input'>, 'type' | 'onChange'> & {
  label: string
  hint?: string
  /** A switch turns a state on and off ("emergency mode"); a box is one of several options. */
  look?: 'box' | 'switch'
  onChange: (checked: boolean) => void
}

/** Yes or no, with its label beside it. */
export function CheckField({ label, hint, look = 'box', onChange, ...rest }: Props) {
  const id = useId()
  return (
    <label className={styles.field}>
      <input
        {...rest}
        type="checkbox"
        role={look === 'switch' ? 'switch' : undefined}
        className={look === 'switch' ? styles.switch : styles.box}
        aria-describedby={hint ? id : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={styles.words}>
        {label}
        {hint && (
          <span id={id} className={styles.hint}>
            {hint}
          </span>
        )}
      </span>
    </label>
  )
}
