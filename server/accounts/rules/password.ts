import { passwordLimits } from '#server/platform/rules/limits.ts'
import { usernameOf } from './username.ts'

/** The password of all demo accounts; outside the demo it is not accepted and no one may choose it. */
export const demoPassword = 'chamketnoi-2024'

const fewestCharacters = 5

/** The same text regardless of how a Vietnamese keyboard composes its letters. */
export const passwordOf = (typed: string): string => typed.normalize('NFKC')

export type PasswordRefusalReason =
  | 'password_short'
  | 'password_long'
  | 'password_repetitive'
  | 'password_username'
  | 'password_demo'

/** Why this may not become the account's password; null if it may. */
export function refusalReasonForPassword(typed: string, username: string): PasswordRefusalReason | null {
  const password = passwordOf(typed)
  const plain = usernameOf(password)
  if (password.length < passwordLimits.shortest) return 'password_short'
  if (password.length > passwordLimits.longest) return 'password_long'
  if (plain === demoPassword) return 'password_demo'
  if (new Set(plain).size < fewestCharacters) return 'password_repetitive'
  if (username && plain.includes(username) && plain.replaceAll(username, '').length < 6) return 'password_username'
  return null
}
