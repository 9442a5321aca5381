'use client'

import { CloudLightning, Keyboard, UserRoundCheck } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useKeyboard } from '#components/keyboard/KeyboardProvider.tsx'
import { Bell } from '#components/notifications/Bell.tsx'
import { Hint } from '#components/ui/Hint.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { doorAddresses } from './addresses.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { SearchBox } from './SearchBox.tsx'
import type { ShellActions, ShellView } from './shell-view.ts'
import { ThemeSwitch } from './ThemeSwitch.tsx'
import styles from './TopBar.module.css'

type Props = { view: ShellView; actions: ShellActions }

export function TopBar({ view, actions }: Props) {
  const t = useTranslations('shell')
  const { showKeys } = useKeyboard()
  const format = useFormat()
  return (
    <header className={styles.bar}>
      <div className={styles.find}>
        <SearchBox view={view} actions={actions} />
      </div>
      <div className={styles.tools}>
        {view.standsInFor.length > 0 && (
          <Link href="/account" className={styles.standIn}>
            <UserRoundCheck size={14} aria-hidden="true" />
            <span className={styles.stormName}>{t('standsIn', { names: view.standsInFor.join(', ') })}</span>
          </Link>
        )}
        {view.storms.length > 0 && (
          <span
            className={styles.storms}
            data-many={view.storms.length > 2 ? 'many' : view.storms.length > 1 ? 'two' : undefined}
          >
            {view.storms.map(({ name, href, since }) => (
              <Hint key={href} text={t('stormWhat', { name, since: format.dateTime(since) })}>
                <Link href={href} className={styles.storm}>
                  <CloudLightning size={14} aria-hidden="true" />
                  <span className={styles.stormName}>{name}</span>
                  <span className={styles.stormWords}>
                    {t('storm')} {t('stormSince', { since: format.dateTime(since) })}
                  </span>
                </Link>
              </Hint>
            ))}
            <Link href={doorAddresses.incidents} className={styles.allStorms}>
              <CloudLightning size={14} aria-hidden="true" />
              {view.storms.length}
              <span className={styles.allNames}>
                {t('storm')}: {view.storms.map(({ name }) => name).join(', ')}
              </span>
            </Link>
          </span>
        )}
        <span className={styles.wide}>
          <IconButton label={t('keys')} command="global.keys" onClick={showKeys}>
            <Keyboard strokeWidth={1.75} />
          </IconButton>
          <ThemeSwitch />
          <LanguageSwitch />
        </span>
        <Bell />
        <AccountMenu account={view.account} onSignOut={actions.signOut} />
      </div>
    </header>
  )
}
