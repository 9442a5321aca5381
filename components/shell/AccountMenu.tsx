'use client'

import { ChevronDown, Keyboard, Languages, LogOut, MonitorSmartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useKeyboard } from '#components/keyboard/KeyboardProvider.tsx'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { PersonAvatar } from '#components/ui/PersonAvatar.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { usePhone } from '#components/ui/use-phone.ts'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { Preferences } from '#server/accounts/rules/preferences.ts'
import styles from './AccountMenu.module.css'
import { addresses } from './addresses.ts'
import { useLanguage } from './LanguageSwitch.tsx'
import { usePreferences } from './PreferencesProvider.tsx'
import type { ShellView } from './shell-view.ts'
import { useThemeEntries } from './ThemeSwitch.tsx'

const densities: readonly Preferences['density'][] = ['compact', 'comfortable']
const afterSaves: readonly Preferences['afterSave'][] = ['stay', 'next', 'next_if_closed', 'back']

/** Milliseconds. A menu returns the focus before what it opened takes it. */
const menuCloses = 250

type Props = { account: ShellView['account']; onSignOut: () => unknown }

export function AccountMenu({ account, onSignOut }: Props) {
  const t = useTranslations('shell.account')
  const phone = usePhone()
  const entries = useAccountEntries(onSignOut, { withScreen: phone })
  const firstRole = account.roleLabels[0]
  return (
    <ActionMenu
      label={t('label')}
      entries={entries}
      header={
        <div className={styles.who}>
          <PersonAvatar name={account.name} size={40} />
          <div className={styles.facts}>
            <strong>{account.name}</strong>
            <span className={styles.username}>{account.username}</span>
            <span>{account.roleLabels.join(', ')}</span>
            <span>{account.agencyName}</span>
          </div>
        </div>
      }
      trigger={(props) => (
        <button {...props} type="button" className={styles.trigger}>
          <PersonAvatar name={account.name} size={28} />
          <span className={styles.name}>
            <VisuallyHidden>{t('of')} </VisuallyHidden>
            {account.name}
            {firstRole && <span className={styles.role}> · {firstRole}</span>}
          </span>
          <ChevronDown size={14} className={styles.more} aria-hidden="true" />
        </button>
      )}
    />
  )
}

/** The settings of the account. `withScreen`: language and colours too, where no separate switch is beside the menu. */
export function useAccountEntries(onSignOut: () => unknown, { withScreen }: { withScreen: boolean }): MenuEntry[] {
  const t = useTranslations('shell')
  const toast = useToast()
  const { showKeys, run } = useKeyboard()
  const { other, speak } = useLanguage()
  const { preferences, choose } = usePreferences()
  const themes = useThemeEntries()
  const set = async (chosen: Partial<Preferences>) => {
    if (!(await choose(chosen))) toast({ text: t('account.notSaved'), tone: 'failure' })
  }
  const leave = async () => {
    try {
      await onSignOut()
    } catch {
      toast({ text: t('account.notSignedOut'), tone: 'failure' })
    }
  }
  const screen: MenuEntry[] = [
    { id: 'language', label: t('language.to'), icon: <Languages />, onSelect: () => speak(other) },
    { id: 'theme', heading: t('theme.label') },
    ...themes,
  ]
  return [
    { id: 'devices', label: t('account.devices'), icon: <MonitorSmartphone />, href: addresses.devices },
    ...(withScreen ? screen : []),
    { id: 'keyboard', heading: t('account.keyboard') },
    {
      id: 'singleKeys',
      kind: 'checkbox',
      label: t('account.singleKeys'),
      note: t('account.singleKeysNote'),
      icon: <Keyboard />,
      on: preferences.singleKeys,
      onSelect: () => set({ singleKeys: !preferences.singleKeys }),
    },
    {
      id: 'palette',
      label: t('palette'),
      command: 'global.palette',
      onSelect: () => setTimeout(() => run('global.palette'), menuCloses),
    },
    { id: 'showKeys', label: t('keys'), command: 'global.keys', onSelect: showKeys },
    { id: 'density', heading: t('account.density') },
    ...densities.map(
      (density): MenuEntry => ({
        id: density,
        kind: 'radio',
        label: t(`account.densities.${density}`),
        on: preferences.density === density,
        onSelect: () => set({ density }),
      }),
    ),
    { id: 'afterSave', heading: t('account.afterSave') },
    ...afterSaves.map(
      (afterSave): MenuEntry => ({
        id: afterSave,
        kind: 'radio',
        label: t(`account.afterSaves.${afterSave}`),
        on: preferences.afterSave === afterSave,
        onSelect: () => set({ afterSave }),
      }),
    ),
    { id: 'end', divider: true },
    { id: 'signOut', label: t('account.signOut'), icon: <LogOut />, onSelect: leave },
  ]
}
