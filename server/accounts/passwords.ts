import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { passwordLimits } from '#server/platform/rules/limits.ts'
import { passwordOf } from './rules/password.ts'

/**
 * argon2id (the library's default) with 19 MiB and two passes: cheap for one sign-in, expensive for a million guesses.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

let decoy: Promise<string> | undefined

export function hashPassword(password: string): Promise<string> {
  return hash(passwordOf(password), cost)
}

/** Takes equally long whether or not the account exists, has a password, or the password is right. */
export async function isPassword(typed: string, passwordHash: string | null | undefined): Promise<boolean> {
  decoy ??= hash(randomBytes(24), cost)
  const against = passwordHash ?? (await decoy)
  const password = passwordOf(typed).slice(0, passwordLimits.longest + 1)
  const matches = await verify(against, password)
  return matches && passwordHash !== null && passwordHash !== undefined
}
