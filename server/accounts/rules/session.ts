import { sessionLimits } from '#server/platform/rules/limits.ts'

const sessionRefusals = [
  'signed_out',
  'session_expired',
  'session_idle',
  'session_revoked',
  'other_account',
  'second_factor_needed',
] as const
export type SessionRefusal = (typeof sessionRefusals)[number]

/**
 * The header with which a page says for which account it was rendered. Tabs share the cookie: if another account has
 * signed in in another tab, requests of this page would be made in the name of that account.
 */
export const accountHeader = 'x-desk-account'

/** Whether a request made for one account came with the sign-in of another. */
export const isForAnother = (drawnFor: string | undefined, accountId: string | null): boolean =>
  drawnFor !== undefined && drawnFor !== accountId

export function isSessionRefusal(code: string | undefined): code is SessionRefusal {
  return sessionRefusals.includes(code as SessionRefusal)
}

export type RevokeReason =
  | 'signed_out'
  | 'signed_in_again'
  | 'revoked_by_owner'
  | 'revoked_by_admin'
  | 'password_changed'
  | 'roles_changed'
  | 'deactivated'
  | 'second_factor_reset'

type Times = { expiresAt: Date; lastSeenAt: Date; revokedAt: Date | null }

/** Why a sign-in is no longer valid, or null while it is. */
export function sessionRefusal({ expiresAt, lastSeenAt, revokedAt }: Times, now: Date): SessionRefusal | null {
  if (revokedAt) return 'session_revoked'
  if (expiresAt <= now) return 'session_expired'
  if (now.getTime() - lastSeenAt.getTime() >= sessionLimits.idleSeconds * 1000) return 'session_idle'
  return null
}

export function expiryOf(signedInAt: Date): Date {
  return new Date(signedInAt.getTime() + sessionLimits.absoluteSeconds * 1000)
}

/** Whether the last recorded use is old enough to be updated. */
export function isDueForTouch(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= sessionLimits.touchSeconds * 1000
}
