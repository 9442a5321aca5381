import type { ReactNode } from 'react'
import styles from './SectionLabel.module.css'
import { useFormat } from './use-format.ts'

type Props = { children: ReactNode; count?: number; as?: 'h2' | 'h3' | 'h4' | 'div'; id?: string }

/** The small capitals above a group: CÓ THỂ TRÙNG · 12. */
export function SectionLabel({ children, count, as: Element = 'h3', id }: Props) {
  const format = useFormat()
  return (
    <Element className={styles.label} id={id}>
      {children}
      {count !== undefined && <span className={styles.count}> · {format.number(count)}</span>}
    </Element>
  )
}
