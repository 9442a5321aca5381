import { Secret, TOTP } from 'otpauth'
import { secondFactorLimits } from '#server/platform/rules/limits.ts'
import { totpCodeOf } from './rules/second-factor.ts'

const issuer = 'iHanoi Desk'
const { stepSeconds: period, stepsAround: window } = secondFactorLimits

const totpOf = (secret: string, label = '') => new TOTP({ issuer, label, period, secret: Secret.fromBase32(secret) })

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** The address in the QR code that authenticator apps read. */
export const totpAddress = (secret: string, username: string): string => totpOf(secret, username).toString()

/** The code of a moment. */
export const totpCodeAt = (secret: string, at: Date): string => totpOf(secret).generate({ timestamp: at.getTime() })

/** The time step that a code belongs to, now or one step early or late; null for any other code. */
export function totpStepOf(secret: string, typed: string, at: Date): number | null {
  const totp = totpOf(secret)
  const timestamp = at.getTime()
  const delta = totp.validate({ token: totpCodeOf(typed), timestamp, window })
  return delta === null ? null : totp.counter({ timestamp }) + delta
}
