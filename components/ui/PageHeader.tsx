import type { ReactNode } from 'react'
import styles from './PageHeader.module.css'

type Props = {
  title: string
  /** The title is a citizen's or an editor's own words, Vietnamese in either language of the desk. */
  titleLang?: 'vi'
  /** Above the title: the way back, and what is known of the thing. */
  above?: ReactNode
  /** Before the title: a portrait. */
  lead?: ReactNode
  /** Beside the title, quieter: a count. */
  aside?: ReactNode
  /** One sentence: what this page is for, or what to know before changing anything here. */
  sentence?: ReactNode
  actions?: ReactNode
  /** `bar`: on a toolbar, where each action wraps by itself. */
  look?: 'page' | 'bar'
  /** On a phone the actions of a bar have a line of their own below the title. */
  isStacked?: boolean
  /** Below, as wide as the page: notices. */
  children?: ReactNode
}

/** The head of a screen. */
export function PageHeader(props: Props) {
  const { title, titleLang, above, lead, aside, sentence, actions, look = 'page', isStacked, children } = props
  return (
    <header className={styles.header} data-look={look} data-stacked={isStacked || undefined}>
      {above}
      <div className={styles.line}>
        <div className={styles.words}>
          {lead}
          <h1 className={styles.title} lang={titleLang}>
            {title}
            {aside !== undefined && <span className={styles.aside}>{aside}</span>}
          </h1>
          {sentence && <p className={styles.sentence}>{sentence}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </header>
  )
}
