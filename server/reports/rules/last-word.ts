import type { Actor } from '#server/accounts/rules/actor.ts'

type LastActivity = { lastActivityBy: 'citizen' | 'staff' | 'system'; lastActivityAt: Date; receivedAt: Date }

/**
 * Whether the citizen has said something since that nobody has turned to him for: that stays the last word whatever
 * field is set and whatever photo is hung there meanwhile.
 */
export const awaitsReply = ({ lastActivityBy, lastActivityAt, receivedAt }: LastActivity): boolean =>
  lastActivityBy === 'citizen' && lastActivityAt > receivedAt

export function actedBy({ kind }: Actor, byCitizen = false): LastActivity['lastActivityBy'] {
  if (byCitizen) return 'citizen'
  return kind === 'staff' ? 'staff' : 'system'
}
