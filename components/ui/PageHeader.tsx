import type { ReactNode } from 'react'
import styles from './PageHeader.module.css'

type Props = {
  title: string
  /** Beside the title, quieter: a count. */
  aside?: ReactNode
  /** One sentence: what this page is for, or what to know before changing anything here. */
  sentence?: ReactNode
  actions?: ReactNode
}

export function PageHeader({ title, aside, sentence, actions }: Props) {
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <h1 className={styles.title}>
          {title}
          {aside !== undefined && <span className={styles.aside}>{aside}</span>}
        </h1>
        {sentence && <p className={styles.sentence}>{sentence}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  )
}
