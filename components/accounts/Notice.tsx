import { Info } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Notice.module.css'

/** A sentence above a form that says what happened before. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <p role="status" className={styles.notice}>
      <Info size={16} aria-hidden="true" />
      {children}
    </p>
  )
}
