import type { ReactNode } from 'react'
import styles from './PropertyList.module.css'

export type Property = {
  key: string
  label: string
  value: ReactNode /** A small action at the end of the row. */
  action?: ReactNode
}

/** Labels on the left, values on the right: the facts about one thing. */
export function PropertyList({ items }: { items: readonly Property[] }) {
  return (
    <dl className={styles.list}>
      {items.map(({ key, label, value, action }) => (
        <div key={key} className={styles.row}>
          <dt className={styles.label}>{label}</dt>
          <dd className={styles.value}>{value}</dd>
          {action && <dd className={styles.action}>{action}</dd>}
        </div>
      ))}
    </dl>
  )
}
