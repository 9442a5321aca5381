'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useState } from 'react'
import { KeyboardProvider } from '#components/keyboard/KeyboardProvider.tsx'
import { preloadPanels } from '#components/ui/lazy-panel.ts'
import { ToastProvider } from '#components/ui/Toasts.tsx'
import { whenIdle } from '#components/ui/when-idle.ts'
import type { SessionRefusal } from '#server/accounts/rules/session.ts'
import { BottomBar } from './BottomBar.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { railCookie, rememberHere } from './cookies.ts'
import { IdleLock } from './IdleLock.tsx'
import { PreferencesProvider, usePreferences } from './PreferencesProvider.tsx'
import { Rail } from './Rail.tsx'
import { SearchProvider } from './SearchProvider.tsx'
import './shell.css'
import styles from './Shell.module.css'
import { ShellCommands } from './ShellCommands.tsx'
import type { ShellActions, ShellView } from './shell-view.ts'
import { TopBar } from './TopBar.tsx'

type Props = {
  view: ShellView
  actions: ShellActions
  /** Why the session ended while the page was open; the desk locks and asks for the password. */
  ended?: SessionRefusal | null
  children: ReactNode
}

/**
 * The desk around every staff page: rail, bar, keys, notices and the lock. It stays mounted while navigating from page
 * to page.
 */
export function Shell({ view, actions, ended = null, children }: Props) {
  return (
    <PreferencesProvider accountId={view.account.id} initial={view.account.preferences} save={actions.savePreferences}>
      <Keys>
        <ToastProvider>
          <SearchProvider mayFindByPhone={view.mayFindByPhone}>
            <ShellCommands nav={view.nav} mayReceive={view.mayReceive} mayTriage={view.mayTriage} />
            <Frame view={view} actions={actions}>
              {children}
            </Frame>
            <IdleLock
              name={view.account.name}
              username={view.account.username}
              idleMinutes={view.idleMinutes}
              ended={ended}
              hasPassword={view.account.hasPassword}
              city={view.city}
              onUnlock={actions.unlock}
              onUnlockThroughCity={actions.unlockThroughCity}
              onSignOut={actions.signOutAtOnce}
              onFactorShown={actions.goOn}
              onTouch={actions.touch}
            />
          </SearchProvider>
        </ToastProvider>
      </Keys>
    </PreferencesProvider>
  )
}

function Keys({ children }: { children: ReactNode }) {
  const { preferences } = usePreferences()
  return <KeyboardProvider singleKeys={preferences.singleKeys}>{children}</KeyboardProvider>
}

function Frame({ view, actions, children }: Omit<Props, 'ended'>) {
  const t = useTranslations('shell')
  const { preferences } = usePreferences()
  usePanelsBeforehand()
  const [railOpen, setRailOpen] = useState(view.railOpen)
  const turnRail = () => {
    rememberHere(railCookie, railOpen ? 'closed' : 'open')
    setRailOpen(!railOpen)
  }
  return (
    <div className={styles.shell} data-rail={railOpen ? 'open' : 'closed'} data-density={preferences.density}>
      <a href="#main" className={styles.skip}>
        {t('skip')}
      </a>
      <Rail home={view.home} nav={view.nav} open={railOpen} onTurn={turnRail} />
      <div className={styles.page}>
        <TopBar view={view} actions={actions} />
        <ConnectionBanner accountId={view.account.id} />
        <main id="main" className={styles.main} tabIndex={-1}>
          {children}
        </main>
        <BottomBar nav={view.nav} />
      </div>
    </div>
  )
}

/** Milliseconds. The page itself loads first. */
const afterPage = 2500

/** Preloads the code of dialogs and menus once the page has settled, so that the first key finds it loaded. */
function usePanelsBeforehand(): void {
  useEffect(() => {
    let callOff = () => {}
    const timer = setTimeout(() => {
      callOff = whenIdle(preloadPanels)
    }, afterPage)
    return () => {
      clearTimeout(timer)
      callOff()
    }
  }, [])
}
