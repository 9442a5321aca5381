import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { DomainError } from '#server/platform/errors.ts'
import { passwordLimits } from '#server/platform/rules/limits.ts'
import { fold } from '#server/platform/rules/text.ts'
import { passwordOf, refusalReasonForPassword } from './rules/password.ts'
import { usualWords } from './usual-words.ts'

type Owner = { username: string; name: string }

/**
 * Refuses passwords that are not allowed for this account, and those that someone who knows the account and the usual
 * words could guess.
 */
export async function assertFit(typed: string, owner: Owner): Promise<void> {
  const refusalReason = refusalReasonForPassword(typed, owner.username)
  if (refusalReason) throw new DomainError(refusalReason)
  if ((await guessesFor(passwordOf(typed), owner)) < passwordLimits.guesses) throw new DomainError('password_weak')
}

let estimator: Promise<ZxcvbnFactory> | undefined

/** Loaded when the first password is chosen: fifty thousand common ones take memory and half a second. */
async function openEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...dictionary, usualWords },
    graphs: adjacencyGraphs,
    // Only the beginning is evaluated: the time grows with the length, and a strong beginning is enough.
    maxLength: passwordLimits.judged,
  })
}

async function guessesFor(password: string, { username, name }: Owner): Promise<number> {
  estimator ??= openEstimator()
  const judge = await estimator
  const names = fold(name).split(/\s+/)
  const own = [username, ...username.split(/[._-]/), name, names.join(' '), names.join(''), ...names]
  // Diacritics and separators hide common words from the estimator, so that spellings without them are checked too.
  const plain = fold(password)
  const spellings = [password, plain, plain.replace(/[^a-z0-9]/g, '')]
  return Math.min(...spellings.map((spelling) => judge.check(spelling, own).guesses))
}
