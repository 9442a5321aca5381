import type { ReactNode } from 'react'
import styles from './Page.module.css'

type Props = {
  /** `reading` for forms and running text. */
  width?: 'wide' | 'reading'
  children: ReactNode
}

/** The margins and the width of a page that scrolls as a whole. */
export function Page({ width = 'wide', children }: Props) {
  return (
    <div className={styles.page} data-width={width}>
      {children}
    </div>
  )
}
