'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import styles from './IntegrationTabs.module.css'
import { type IntegrationTab, integrationTabs } from './tabs.ts'

type Props = {
  shown: IntegrationTab
  /** The tabs that the account may open. */
  tabs: readonly IntegrationTab[]
}

export function IntegrationTabs({ shown, tabs }: Props) {
  const t = useTranslations('integrations.tabs')
  const nav = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone the part that is shown may stand past the edge
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (nav.current && current) nav.current.scrollLeft = current.offsetLeft - nav.current.offsetLeft - 24
  }, [shown])
  if (tabs.length < 2) return null
  return (
    <nav ref={nav} className={styles.tabs} aria-label={t('label')}>
      {tabs.map((tab) => (
        <Link
          key={tab}
          href={integrationTabs[tab]}
          className={styles.tab}
          aria-current={tab === shown ? 'page' : undefined}
        >
          {t(tab)}
        </Link>
      ))}
    </nav>
  )
}
