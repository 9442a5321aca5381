import type { After } from '#components/reports/moves/use-report-action.ts'
import type { Preferences } from '#server/accounts/rules/preferences.ts'
import { isOpen } from '#server/reports/rules/lifecycle.ts'

/** Where to navigate after an action: by the account's setting, or on to the next where that was requested with it. */
export function wayOn(afterSave: Preferences['afterSave'], { state, isOnward }: After): 'stay' | 'next' | 'back' {
  if (isOnward) return 'next'
  if (afterSave === 'next_if_closed') return isOpen(state) ? 'stay' : 'next'
  return afterSave
}
