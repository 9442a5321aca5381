import type { Actor } from '#server/accounts/rules/actor.ts'

type LastActivity = { lastActivityBy: 'citizen' | 'staff' | 'system'; lastActivityAt: Date; receivedAt: Date }

/**
 * Whether the citizen has written since and no one has responded: that stays the last activity whatever field is
 * changed and whatever photo is attached meanwhile.
 */
export const awaitsReply = ({ lastActivityBy, lastActivityAt, receivedAt }: LastActivity): boolean =>
  lastActivityBy === 'citizen' && lastActivityAt > receivedAt

export function actedBy({ kind }: Actor, byCitizen = false): LastActivity['lastActivityBy'] {
  if (byCitizen) return 'citizen'
  return kind === 'staff' ? 'staff' : 'system'
}
