'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Preferences } from '#server/accounts/rules/preferences.ts'
import { latestLast } from './latest-last.ts'

type Choice = {
  preferences: Preferences
  /** Takes effect at once. False if the server did not take it: it is turned back then, and the caller says so. */
  choose: (chosen: Partial<Preferences>) => Promise<boolean>
}

const PreferencesContext = createContext<Choice | null>(null)

type Props = { initial: Preferences; save: (chosen: Partial<Preferences>) => Promise<unknown>; children: ReactNode }

export function PreferencesProvider({ initial, save, children }: Props) {
  const [preferences, setPreferences] = useState(initial)
  const [saving] = useState(() => latestLast(save))
  useEffect(() => {
    window.addEventListener('pagehide', saving.flush)
    return () => window.removeEventListener('pagehide', saving.flush)
  }, [saving])
  const choose = useCallback(
    async (chosen: Partial<Preferences>) => {
      setPreferences((current) => ({ ...current, ...chosen }))
      try {
        await saving.send(chosen)
        return true
      } catch {
        const before = Object.fromEntries(
          (Object.keys(chosen) as (keyof Preferences)[]).map((name) => [name, preferences[name]]),
        )
        setPreferences((current) => ({ ...current, ...before }))
        return false
      }
    },
    [preferences, saving],
  )
  const value = useMemo(() => ({ preferences, choose }), [preferences, choose])
  return <PreferencesContext value={value}>{children}</PreferencesContext>
}

/** What the account chose for the desk: density, single keys, what happens after saving, columns. */
export function usePreferences(): Choice {
  const choice = useContext(PreferencesContext)
  if (!choice) throw new Error('usePreferences needs a PreferencesProvider above it')
  return choice
}
