'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { useColourMode } from '#components/ui/colour-mode.ts'
import { IconButton } from '#components/ui/IconButton.tsx'

const modes = ['light', 'dark', 'system'] as const
const icons = { light: Sun, dark: Moon, system: Monitor }

/** Light and dark as entries of a menu: a separate switch on a wide screen, part of the account's menu on a phone. */
export function useThemeEntries(): MenuEntry[] {
  const t = useTranslations('shell.theme')
  const { mode, setMode } = useColourMode()
  return modes.map((each) => {
    const Icon = icons[each]
    return {
      id: `theme-${each}`,
      kind: 'radio',
      label: t(each),
      icon: <Icon />,
      on: mode === each,
      onSelect: () => setMode(each),
    }
  })
}

export function ThemeSwitch() {
  const t = useTranslations('shell.theme')
  const entries = useThemeEntries()
  return (
    <ActionMenu
      label={t('label')}
      entries={entries}
      trigger={(props) => (
        <IconButton label={t('label')} {...props}>
          {/* CSS decides which of the two is shown: the server does not know the scheme. */}
          <Sun strokeWidth={1.75} data-scheme="light" />
          <Moon strokeWidth={1.75} data-scheme="dark" />
        </IconButton>
      )}
    />
  )
}
