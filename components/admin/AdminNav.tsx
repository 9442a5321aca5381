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
  const current = rooms.map((room) => roomRules[room].href).find((href) => path.startsWith(href))
  // The strip may be wider than the screen: the current part is scrolled into view.
  useEffect(() => {
    const link = current && nav.current?.querySelector(`[href="${current}"]`)
    if (link) link.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [current])
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
              <Link href={href} className={styles.room} aria-current={href === current ? 'page' : undefined}>
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
