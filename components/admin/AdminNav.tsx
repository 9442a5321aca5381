'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import styles from './AdminNav.module.css'
import { type AdminRoom, roomRules } from './admin-rooms.ts'

/** Navigation of the administration for this account; on a phone a strip above the page. */
export function AdminNav({ rooms }: { rooms: readonly AdminRoom[] }) {
  const t = useTranslations('admin')
  const path = usePathname()
  const nav = useRef<HTMLElement>(null)
  // The strip may be longer than the screen: where one is stands in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path, another part
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [path])
  return (
    <nav ref={nav} className={styles.nav} aria-label={t('nav')}>
      <div className={styles.heading}>
        <SectionLabel as="div">{t('title')}</SectionLabel>
      </div>
      <ul className={styles.rooms}>
        {rooms.map((room) => {
          const { href, icon: Icon } = roomRules[room]
          return (
            <li key={room}>
              <Link href={href} className={styles.room} aria-current={path.startsWith(href) ? 'page' : undefined}>
                <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
                {t(`items.${room}`)}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
