import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Disclosure.module.css'

type Props = { title: ReactNode; className?: string | undefined; children: ReactNode }

/** Something that few need to see, folded away under its title. The browser's own: it opens before any script runs. */
export function Disclosure({ title, className, children }: Props) {
  return (
    <details className={className}>
      <summary className={styles.title}>
        <ChevronRight size={14} aria-hidden="true" className={styles.sign} />
        {title}
      </summary>
      {children}
    </details>
  )
}
