import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import styles from './BackLink.module.css'

/** The way to the page that this one belongs to, above its title. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className={styles.back}>
      <ChevronLeft size={16} aria-hidden="true" />
      {children}
    </Link>
  )
}
