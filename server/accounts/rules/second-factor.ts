import type { Role } from './actor.ts'

export const challengePurposes = ['add', 'show'] as const
export type ChallengePurpose = (typeof challengePurposes)[number]

/** How a second factor is shown. */
export type SecondFactorWay = 'totp' | 'passkey' | 'recovery_code'

/** What a sign-in still owes: to show the factor that the account has, or first to set one up. */
export type SecondFactorStep = 'show' | 'enrol'

/** Roles for which cities are advised to ask it: who administers, publishes to everybody, or takes away much. */
export const recommendedRoles = [
  'admin',
  'chief_editor',
  'urgent_publisher',
  'manager',
  'auditor',
] as const satisfies Role[]

type Owing = {
  /** When the second factor was shown in this sign-in. */
  shownAt: Date | null
  hasFactor: boolean
  /** All that the account may act by, lent roles too. */
  roles: readonly Role[]
  /** For which the city asks it. */
  askedRoles: readonly string[]
}

export const isAskedOf = (roles: readonly Role[], askedRoles: readonly string[]): boolean =>
  roles.some((role) => askedRoles.includes(role))

/**
 * Whoever has a second factor shows it, whether or not the city asks for it; judged with every request, not only at the
 * door.
 */
export function stepOwed({ shownAt, hasFactor, roles, askedRoles }: Owing): SecondFactorStep | null {
  if (shownAt) return null
  if (hasFactor) return 'show'
  return isAskedOf(roles, askedRoles) ? 'enrol' : null
}

/**
 * Ways of signing in (RFC 8176) that are more than a password. Codes by text message or telephone are not among them:
 * they can be diverted.
 */
const strongWays = ['otp', 'hwk', 'swk', 'pop', 'sc', 'fpt', 'face', 'iris', 'retina', 'vbm']

/**
 * Whether the city's own sign-in has itself asked for a second factor: it says how (`amr`), or by a level that we were
 * told counts (`acr`).
 */
export function isSecondFactorShown(claims: { amr?: unknown; acr?: unknown }, levels: readonly string[]): boolean {
  const ways = new Set(Array.isArray(claims.amr) ? claims.amr : [])
  // One way alone may be a code by mail in place of the password: it is no second one.
  const isTwo = ways.has('mfa') || (ways.size > 1 && strongWays.some((way) => ways.has(way)))
  return isTwo || (typeof claims.acr === 'string' && levels.includes(claims.acr))
}

/** One spelling of a recovery code: what stands between its letters, and their case, is the reader's. */
export const recoveryCodeOf = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z2-9]/g, '')

/** In two halves, as it is shown. */
export const shownRecoveryCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`

/** The digits of a code, however they were grouped. */
export const totpCodeOf = (typed: string): string => typed.normalize('NFKC').replace(/\D/g, '')

/** Under which name and address authenticators know the desk. */
export type RelyingParty = { id: string; origin: string }

/** `home`: the address under which the browser found the desk. */
export function relyingPartyOf({ home = 'http://localhost' }: { home?: string | undefined }): RelyingParty {
  const { hostname, origin } = new URL(home)
  return { id: hostname, origin }
}
