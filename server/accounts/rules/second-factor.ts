import type { Role } from './actor.ts'

export const challengePurposes = ['add', 'show'] as const
export type ChallengePurpose = (typeof challengePurposes)[number]

/** How a second factor is proved. */
export type SecondFactorWay = 'totp' | 'passkey' | 'recovery_code'

/** The outstanding step of a sign-in: to prove the existing factor, or first to set one up. */
export type SecondFactorStep = 'show' | 'enrol'

/** Roles for which a second factor is recommended: they administer, publish to everyone, or export much. */
export const recommendedRoles = [
  'admin',
  'chief_editor',
  'urgent_publisher',
  'manager',
  'auditor',
] as const satisfies Role[]

type Owing = {
  /** When the second factor was proved in this sign-in. */
  shownAt: Date | null
  hasFactor: boolean
  /** All roles of the account, including substituted ones. */
  roles: readonly Role[]
  /** The roles for which the city requires it. */
  askedRoles: readonly string[]
}

export const isAskedOf = (roles: readonly Role[], askedRoles: readonly string[]): boolean =>
  roles.some((role) => askedRoles.includes(role))

/**
 * An account that has a second factor must prove it, whether or not the city requires it; checked at every request, not
 * only at sign-in.
 */
export function stepOwed({ shownAt, hasFactor, roles, askedRoles }: Owing): SecondFactorStep | null {
  if (shownAt) return null
  if (hasFactor) return 'show'
  return isAskedOf(roles, askedRoles) ? 'enrol' : null
}

/**
 * Authentication methods (RFC 8176) stronger than a password. Codes by text message or telephone are not among them:
 * they can be diverted.
 */
const strongWays = ['otp', 'hwk', 'swk', 'pop', 'sc', 'fpt', 'face', 'iris', 'retina', 'vbm']

/**
 * Whether the city's own sign-in has verified a second factor itself: it names the methods (`amr`), or a configured
 * level (`acr`).
 */
export function isSecondFactorShown(claims: { amr?: unknown; acr?: unknown }, levels: readonly string[]): boolean {
  const ways = new Set(Array.isArray(claims.amr) ? claims.amr : [])
  // A single method may be a code by mail instead of the password: that is no second factor.
  const isTwo = ways.has('mfa') || (ways.size > 1 && strongWays.some((way) => ways.has(way)))
  return isTwo || (typeof claims.acr === 'string' && levels.includes(claims.acr))
}

/** The normalised form of a recovery code: separators and case are ignored. */
export const recoveryCodeOf = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z2-9]/g, '')

/** In two halves, as it is shown. */
export const shownRecoveryCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`

/** The digits of a code, without separators. */
export const totpCodeOf = (typed: string): string => typed.normalize('NFKC').replace(/\D/g, '')

/** The name and address by which authenticators identify the desk. */
export type RelyingParty = { id: string; origin: string }

/** `home`: the address under which the browser found the desk. */
export function relyingPartyOf({ home = 'http://localhost' }: { home?: string | undefined }): RelyingParty {
  const { hostname, origin } = new URL(home)
  return { id: hostname, origin }
}
