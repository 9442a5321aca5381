import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import styles from './FormField.module.css'

/** To spread on the control, or on MUI's `slotProps.htmlInput`. */
export type FieldWiring = {
  id: string
  required: boolean
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
}

type Props = {
  label: string
  hint?: ReactNode
  error?: string | undefined
  required?: boolean
  /** Beside the label: a character count, a link. */
  aside?: ReactNode
  children: (field: FieldWiring) => ReactNode
}

/** A label, a control, a hint and an error, connected for screen readers. */
export function FormField({ label, hint, error, required = false, aside, children }: Props) {
  const id = useId()
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <div className={styles.top}>
        <label htmlFor={id} className={styles.label}>
          {label}
          {required && (
            <span className={styles.star} aria-hidden="true">
              {' '}
              *
            </span>
          )}
        </label>
        {aside && <span className={styles.aside}>{aside}</span>}
      </div>
      {children({
        id,
        required,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': describedBy || undefined,
      })}
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          <CircleAlert size={14} aria-hidden="true" />
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}
