'use client'

import { useCallback, useEffect, useRef } from 'react'
import type { GoOn } from '#components/reports/moves/use-deed.ts'
import { usePreferences } from '#components/shell/PreferencesProvider.tsx'
import { isOpen } from '#server/reports/rules/lifecycle.ts'
import type { ListPosition } from './ReportView.tsx'

type Way = {
  position: ListPosition | undefined
  onBack: (() => void) | undefined
}

/** After something was done: stay, go on to the next report of the list, or back to the list, as the account chose. */
export function useAfterSave({ position, onBack }: Way): GoOn {
  const { afterSave } = usePreferences().preferences
  const goOn: GoOn = ({ state, isOnward }) => {
    if (!isOnward && (afterSave === 'stay' || (afterSave === 'next_if_closed' && isOpen(state)))) return
    if ((isOnward || afterSave !== 'back') && position?.goOn) position.goOn()
    else onBack?.()
  }
  const latest = useRef(goOn)
  useEffect(() => {
    latest.current = goOn
  })
  return useCallback((after) => latest.current(after), [])
}
