import type { ReactNode } from 'react'
import styles from './Readout.module.css'

type Props = {
  /** What is pointed at; null: nothing. */
  name: string | null
  /** How to point, while nothing is. */
  hint: string
  children: ReactNode
}

/** Below a figure: what is pointed at. Of use with a pointer alone: links have names, and pictures leave it out. */
export function Readout({ name, hint, children }: Props) {
  return (
    <p className={styles.readout} aria-hidden="true" data-screen-only>
      {name === null ? (
        hint
      ) : (
        <>
          <strong>{name}</strong> {children}
        </>
      )}
    </p>
  )
}
