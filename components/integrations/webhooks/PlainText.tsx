import type { ReactNode } from 'react'
import styles from './Webhooks.module.css'

/** The text of a request or answer, unchanged. It takes the focus so that keyboard users can scroll it. */
export function PlainText({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must be able to scroll it
    <pre className={styles.text} tabIndex={0}>
      {children}
    </pre>
  )
}
