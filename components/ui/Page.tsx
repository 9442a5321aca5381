import type { ReactNode } from 'react'
import styles from './Page.module.css'

/** The margins of a page that scrolls as a whole. `narrow` for forms and running text. */
export function Page({ narrow = false, children }: { narrow?: boolean; children: ReactNode }) {
  return <div className={narrow ? styles.narrow : styles.page}>{children}</div>
}
