import { type ReactNode, useId } from 'react'
import styles from './Section.module.css'

type Props = { title: string; sentence?: ReactNode; actions?: ReactNode; children: ReactNode }

/** One of the parts of the page, with its heading and what can be done to it. */
export function Section({ title, sentence, actions, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <header className={styles.header}>
        <h2 id={id}>{title}</h2>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {sentence && <p className={styles.sentence}>{sentence}</p>}
      {children}
    </section>
  )
}
