import type { ComponentProps } from 'react'
import type { PickerOption } from './match-options.ts'
import styles from './OptionRow.module.css'

type Props = ComponentProps<'li'> & { option: PickerOption }

/** One line of a picker's list: the name, a quieter note, and what the picker adds. */
export function OptionRow({ option: { label, note }, className, children, ...given }: Props) {
  return (
    <li {...given} className={`${className} ${styles.option}`}>
      <span className={styles.label}>{label}</span>
      {note && <span className={styles.note}>{note}</span>}
      {children}
    </li>
  )
}
