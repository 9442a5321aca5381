'use client'

import Link from 'next/link'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './TabStrip.module.css'

type Props = { label: string; shown: string; children: ReactNode }

/** Links to the parts of one matter, in a strip above them. `shown`: the current part. */
export function TabStrip({ label, shown, children }: Props) {
  const nav = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone the part that is shown may stand past the edge
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (nav.current && current) nav.current.scrollLeft = current.offsetLeft - nav.current.offsetLeft - 24
  }, [shown])
  return (
    <nav ref={nav} className={styles.tabs} aria-label={label}>
      {children}
    </nav>
  )
}

type TabProps = { href: string; isShown?: boolean; scroll?: boolean; children: ReactNode }

export function Tab({ href, isShown = false, scroll = true, children }: TabProps) {
  return (
    <Link href={href} scroll={scroll} className={styles.tab} aria-current={isShown ? 'page' : undefined}>
      {children}
    </Link>
  )
}
