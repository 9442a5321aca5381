import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

type Props = {
  icon: LucideIcon
  title: string
  /** One sentence: why there is nothing, or what will appear here. */
  children?: ReactNode
  /** The next step. */
  action?: ReactNode
  /** `h1` where it is the whole content of the page. */
  heading?: 'h1' | 'h2'
}

export function EmptyState({ icon: Icon, title, children, action, heading: Heading = 'h2' }: Props) {
  return (
    <div className={styles.state}>
      <span className={styles.icon}>
        <Icon size={24} strokeWidth={1.5} aria-hidden="true" />
      </span>
      <Heading className={styles.title}>{title}</Heading>
      {children && <p className={styles.sentence}>{children}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
