import type { ReactNode } from 'react'
import styles from './CellTitle.module.css'

/** The first line of a row: what it is about, and its state beside it, or below where there is no room. */
export function CellTitle({ children }: { children: ReactNode }) {
  return <span className={styles.title}>{children}</span>
}
