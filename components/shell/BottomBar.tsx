'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { doorAddresses, doorOf, railDoors } from './addresses.ts'
import styles from './BottomBar.module.css'
import { doorIcons } from './door-icons.ts'
import type { Door } from './shell-view.ts'

/** The navigation on a phone, within reach of the thumb. Renders nothing if there is only one entry. */
export function BottomBar({ nav }: { nav: readonly Door[] }) {
  const t = useTranslations('shell')
  const doors = railDoors(nav)
  const here = doorOf(usePathname(), doors)
  if (doors.length < 2) return null
  return (
    <nav className={styles.bar} aria-label={t('rail.label')}>
      {doors.map((door) => {
        const Icon = doorIcons[door]
        return (
          <Link
            key={door}
            href={doorAddresses[door]}
            className={styles.door}
            aria-current={door === here ? 'page' : undefined}
          >
            <Icon size={22} strokeWidth={1.75} aria-hidden="true" />
            {t(`doors.${door}`)}
          </Link>
        )
      })}
    </nav>
  )
}
