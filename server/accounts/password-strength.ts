import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { DomainError } from '#server/platform/errors.ts'
import { passwordLimits } from '#server/platform/rules/limits.ts'
import { fold } from '#server/platform/rules/text.ts'
import { passwordOf, refusalReasonForPassword } from './rules/password.ts'
import { usualWords } from './usual-words.ts'

type Owner = { username: string; name: string }

/**
 * Refuses what may not become the password of this account, and what somebody who knows it and the usual words would
 * guess.
 */
export async function assertFit(typed: string, owner: Owner): Promise<void> {
  const refusalReason = refusalReasonForPassword(typed, owner.username)
  if (refusalReason) throw new DomainError(refusalReason)
  if ((await guessesFor(passwordOf(typed), owner)) < passwordLimits.guesses) throw new DomainError('password_weak')
}

let estimator: Promise<ZxcvbnFactory> | undefined

/** Read when the first password is chosen: fifty thousand usual ones take memory and half a second. */
async function openEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...dictionary, usualWords },
    graphs: adjacencyGraphs,
    // What is good enough at its beginning need not be read to its end, which takes the longer the longer it is.
    maxLength: passwordLimits.judged,
  })
}

async function guessesFor(password: string, { username, name }: Owner): Promise<number> {
  estimator ??= openEstimator()
  const judge = await estimator
  const names = fold(name).split(/\s+/)
  const own = [username, ...username.split(/[._-]/), name, names.join(' '), names.join(''), ...names]
  // Marks make a word look like none, and what stands between words makes each look like little: they are as well known
  // without.
  const plain = fold(password)
  const spellings = [password, plain, plain.replace(/[^a-z0-9]/g, '')]
  return Math.min(...spellings.map((spelling) => judge.check(spelling, own).guesses))
}
