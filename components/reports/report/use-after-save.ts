'use client'

import { useCallback } from 'react'
import { usePreferences } from '#components/shell/PreferencesProvider.tsx'
import { isOpen, type ReportState } from '#server/reports/rules/lifecycle.ts'
import type { ListPosition } from './ReportView.tsx'

type Way = {
  position: ListPosition | undefined
  onOpen: (code: string) => void
  onBack: (() => void) | undefined
}

/** After something was done: stay, go on to the next report of the list, or back to the list, as the account chose. */
export function useAfterSave({ position, onOpen, onBack }: Way): (state: ReportState) => void {
  const { afterSave } = usePreferences().preferences
  return useCallback(
    (state) => {
      if (afterSave === 'stay' || (afterSave === 'next_if_closed' && isOpen(state))) return
      if (afterSave !== 'back' && position?.next) onOpen(position.next)
      else onBack?.()
    },
    [afterSave, position, onOpen, onBack],
  )
}
