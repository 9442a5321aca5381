'use client'

import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { CommandId } from '#components/keyboard/commands.ts'
import { Hint } from '#components/ui/Hint.tsx'
import { doorAddresses, doorOf, railDoors } from './addresses.ts'
import { doorIcons } from './door-icons.ts'
import styles from './Rail.module.css'
import type { Door, ShellView } from './shell-view.ts'

const doorCommands: Readonly<Partial<Record<Door, CommandId>>> = {
  reports: 'global.queue',
  map: 'global.map',
  incidents: 'global.incidents',
  bulletins: 'global.bulletins',
  insights: 'global.dashboard',
  events: 'global.audit',
}

type Props = { home: ShellView['home']; nav: readonly Door[]; open: boolean; onTurn: () => void }

export function Rail({ home, nav, open, onTurn }: Props) {
  const t = useTranslations('shell')
  const doors = railDoors(nav)
  const here = doorOf(usePathname(), doors)
  const top = doors.filter((door) => door !== 'admin')
  const bottom = doors.filter((door) => door === 'admin')
  const Turn = open ? PanelLeftClose : PanelLeftOpen
  return (
    <nav className={styles.rail} aria-label={t('rail.label')}>
      <Link href={home} className={styles.home} aria-label={t('rail.home')}>
        <span className={styles.mark} aria-hidden="true" />
        <span className={styles.name} aria-hidden="true">
          {t('rail.name')}
        </span>
      </Link>
      <ul className={styles.doors}>
        {top.map((door) => (
          <DoorLink key={door} door={door} here={door === here} open={open} />
        ))}
      </ul>
      <ul className={styles.foot}>
        {bottom.map((door) => (
          <DoorLink key={door} door={door} here={door === here} open={open} />
        ))}
        <li>
          <Hint text={t(open ? 'rail.close' : 'rail.open')} side="right" names>
            <button
              type="button"
              className={styles.turn}
              onClick={onTurn}
              aria-expanded={open}
              aria-label={t(open ? 'rail.close' : 'rail.open')}
            >
              <Turn size={18} strokeWidth={1.75} aria-hidden="true" />
              <span className={styles.word} aria-hidden="true">
                {t('rail.fold')}
              </span>
            </button>
          </Hint>
        </li>
      </ul>
    </nav>
  )
}

function DoorLink({ door, here, open }: { door: Door; here: boolean; open: boolean }) {
  const t = useTranslations('shell')
  const Icon = doorIcons[door]
  const link = (
    <Link href={doorAddresses[door]} className={styles.door} aria-current={here ? 'page' : undefined}>
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      <span className={styles.word}>{t(`doors.${door}`)}</span>
    </Link>
  )
  return (
    <li>
      {open ? (
        link
      ) : (
        <Hint text={t(`doors.${door}`)} command={doorCommands[door]} side="right" names>
          {link}
        </Hint>
      )}
    </li>
  )
}
