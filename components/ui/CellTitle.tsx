import type { ReactNode } from 'react'
import styles from './CellTitle.module.css'

/** The title of a row with its state beside it, or below it on narrow screens. */
export function CellTitle({ children }: { children: ReactNode }) {
  return <span className={styles.title}>{children}</span>
}
