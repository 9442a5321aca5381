import type { ReactNode } from 'react'
import styles from './CellLine.module.css'

type Props = {
  /** `quiet` for secondary information, `problem` for an error. */
  tone?: 'quiet' | 'problem'
  children: ReactNode
}

/** A separate line in a table cell. */
export function CellLine({ tone, children }: Props) {
  return (
    <span className={styles.line} data-tone={tone}>
      {children}
    </span>
  )
}
