import type { ReactNode } from 'react'
import styles from './KeyWords.module.css'

/** Text about keys: hidden on a device that has none. */
export function KeyWords({ children }: { children: ReactNode }) {
  return <span className={styles.words}>{children}</span>
}
