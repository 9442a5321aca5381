import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './PlaceField.module.css'

/** That two things disagree, and the ways out. */
export function Warning({ words, children }: { words: string; children: ReactNode }) {
  return (
    <div className={styles.warning} role="status">
      <TriangleAlert size={16} aria-hidden="true" />
      <span className={styles.words}>{words}</span>
      <span className={styles.ways}>{children}</span>
    </div>
  )
}
