import styles from './CountField.module.css'
import { FormField } from './FormField.tsx'
import { TextInput } from './TextInput.tsx'

type Props = {
  label: string
  hint?: string
  error?: string | undefined
  required?: boolean
  /** What is counted: days, seconds. */
  unit: string
  value: number | null
  onChange: (value: number | null) => void
}

/** A whole number with a unit; null while the field is empty. */
export function CountField({ unit, value, onChange, ...field }: Props) {
  return (
    <FormField {...field}>
      {(wiring) => (
        <span className={styles.count}>
          <TextInput
            {...wiring}
            type="number"
            inputMode="numeric"
            className={styles.number ?? ''}
            value={value ?? ''}
            onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
          />
          {unit}
        </span>
      )}
    </FormField>
  )
}
