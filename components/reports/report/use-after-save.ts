'use client'

import { useCallback, useEffect, useRef } from 'react'
import type { GoOn } from '#components/reports/moves/use-report-action.ts'
import { usePreferences } from '#components/shell/PreferencesProvider.tsx'
import type { ListPosition } from './ReportView.tsx'
import { wayOn } from './way-on.ts'

type Way = {
  position: ListPosition | undefined
  onBack: (() => void) | undefined
}

/**
 * After an action: stays, moves on to the next report of the list, or returns to the list, by the account's setting.
 */
export function useAfterSave({ position, onBack }: Way): GoOn {
  const { afterSave } = usePreferences().preferences
  const goOn: GoOn = (after) => {
    const way = wayOn(afterSave, after)
    if (way === 'stay') return
    if (way === 'next' && position?.goOn) position.goOn()
    else onBack?.()
  }
  const latest = useRef(goOn)
  useEffect(() => {
    latest.current = goOn
  })
  return useCallback((after) => latest.current(after), [])
}
