import type { After } from '#components/reports/moves/use-report-action.ts'
import type { Preferences } from '#server/accounts/rules/preferences.ts'
import { isOpen } from '#server/reports/rules/lifecycle.ts'

/** Where one goes after something was done: as the account chose, or on where that was asked for with it. */
export function wayOn(afterSave: Preferences['afterSave'], { state, isOnward }: After): 'stay' | 'next' | 'back' {
  if (isOnward) return 'next'
  if (afterSave === 'next_if_closed') return isOpen(state) ? 'stay' : 'next'
  return afterSave
}
