import type { Actor } from '#server/accounts/rules/actor.ts'
import type { ReportField } from './field-merge.ts'

type LastActivity = { lastActivityBy: 'citizen' | 'staff' | 'system'; lastActivityAt: Date; receivedAt: Date }

/** Who sets a field has not answered: what the citizen said since stays the last until somebody turns to him. */
export const leavesLastWord = (
  { lastActivityBy, lastActivityAt, receivedAt }: LastActivity,
  field: ReportField | undefined,
): boolean => field !== undefined && lastActivityBy === 'citizen' && lastActivityAt > receivedAt

export function actedBy({ kind }: Actor, byCitizen = false): LastActivity['lastActivityBy'] {
  if (byCitizen) return 'citizen'
  return kind === 'staff' ? 'staff' : 'system'
}
