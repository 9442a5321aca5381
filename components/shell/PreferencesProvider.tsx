'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { isUnreachable } from '#components/trpc/refusal.ts'
import type { Preferences } from '#server/accounts/rules/preferences.ts'
import { dropFresh, keepFresh, missingIn } from './fresh-choices.ts'
import { latestLast } from './latest-last.ts'

type Choice = {
  preferences: Preferences
  /**
   * Takes effect at once. Returns false if the server refused it: then it is reverted, and the caller shows a message.
   */
  choose: (chosen: Partial<Preferences>) => Promise<boolean>
}

const PreferencesContext = createContext<Choice | null>(null)

type Props = {
  accountId: string
  initial: Preferences
  save: (chosen: Partial<Preferences>) => Promise<unknown>
  children: ReactNode
}

export function PreferencesProvider({ accountId, initial, save, children }: Props) {
  const [preferences, setPreferences] = useState(initial)
  const [drawn] = useState(initial)
  const [saving] = useState(() => latestLast(save))
  useEffect(() => {
    window.addEventListener('pagehide', saving.flush)
    return () => window.removeEventListener('pagehide', saving.flush)
  }, [saving])
  const choose = useCallback(
    async (chosen: Partial<Preferences>) => {
      setPreferences((current) => ({ ...current, ...chosen }))
      keepFresh(accountId, chosen)
      try {
        await saving.send(chosen)
        return true
      } catch (error) {
        // A choice that did not arrive, perhaps because the page was closing, is sent again by the next page.
        if (!isUnreachable(error)) dropFresh(accountId, Object.keys(chosen))
        const before = Object.fromEntries(
          (Object.keys(chosen) as (keyof Preferences)[]).map((name) => [name, preferences[name]]),
        )
        setPreferences((current) => ({ ...current, ...before }))
        return false
      }
    },
    [accountId, preferences, saving],
  )
  const latest = useRef(choose)
  useEffect(() => {
    latest.current = choose
  })
  useEffect(() => {
    const missing = missingIn(accountId, drawn)
    if (Object.keys(missing).length > 0) void latest.current(missing)
  }, [accountId, drawn])
  const value = useMemo(() => ({ preferences, choose }), [preferences, choose])
  return <PreferencesContext value={value}>{children}</PreferencesContext>
}

/** The account's preferences for the desk: density, single keys, what happens after saving, columns. */
export function usePreferences(): Choice {
  const choice = useContext(PreferencesContext)
  if (!choice) throw new Error('usePreferences needs a PreferencesProvider above it')
  return choice
}
