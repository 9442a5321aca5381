import type { ReactNode } from 'react'
import styles from './CellLine.module.css'

type Props = {
  /** What is said beside the matter of the cell, or what is wrong with it. */
  tone?: 'quiet' | 'problem'
  children: ReactNode
}

/** A line of its own in a cell of a table. */
export function CellLine({ tone, children }: Props) {
  return (
    <span className={styles.line} data-tone={tone}>
      {children}
    </span>
  )
}
