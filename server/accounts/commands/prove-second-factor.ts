import { and, eq, isNotNull, isNull, lt, or } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { recoveryCodes, totpSecrets } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { totpSecretOf } from '../queries/second-factor.ts'
import type { SecondFactorProof } from '../rules/schemas.ts'
import { type RelyingParty, recoveryCodeOf, type SecondFactorWay } from '../rules/second-factor.ts'
import { hashOfRecoveryCode } from '../secrets.ts'
import { codeTries } from '../throttle.ts'
import { totpStepOf } from '../totp.ts'
import { takePasskey } from './passkey-challenges.ts'

export type FactorDesk = { db: Connection; now: () => Date; rp: RelyingParty }

/** The account of the factor, the sign-in, and the key under which attempts are counted. */
export type Prover = { accountId: string; sessionId: string; triesOf: string }

type Change = (tx: Transaction, way: SecondFactorWay) => Promise<void>

/**
 * Verifies the proof, and runs the action it authorises in the same transaction: a code is consumed exactly if the
 * action succeeds. All refusals look the same, whether a code was wrong, old or used before.
 */
export async function proveSecondFactor(
  desk: FactorDesk,
  prover: Prover,
  proof: SecondFactorProof,
  change: Change,
): Promise<SecondFactorWay> {
  await codeTries.count(prover.triesOf)
  const passkey = 'passkey' in proof ? await takePasskey(desk, prover, proof.passkey) : null
  const way = await desk.db.transaction(async (tx) => {
    const way = passkey ? await passkey(tx) : await spendCode(tx, prover.accountId, proof, desk.now())
    if (!way) throw new DomainError('wrong_code')
    await change(tx, way)
    return way
  })
  await codeTries.forget(prover.triesOf)
  return way
}

async function spendCode(
  tx: Transaction,
  accountId: string,
  proof: SecondFactorProof,
  at: Date,
): Promise<SecondFactorWay | null> {
  if ('code' in proof) return (await spendTotpCode(tx, accountId, proof.code, at)) ? 'totp' : null
  if ('recoveryCode' in proof)
    return (await spendRecoveryCode(tx, accountId, proof.recoveryCode, at)) ? 'recovery_code' : null
  return null
}

/** If two requests use one code at once, the second finds its time step used. */
async function spendTotpCode(tx: Transaction, accountId: string, typed: string, at: Date): Promise<boolean> {
  const secret = await totpSecretOf(tx, accountId)
  const step = secret && totpStepOf(secret, typed, at)
  if (!step) return false
  const taken = await tx
    .update(totpSecrets)
    .set({ lastStep: step, lastUsedAt: at })
    .where(
      and(
        eq(totpSecrets.accountId, accountId),
        isNotNull(totpSecrets.sealed),
        or(isNull(totpSecrets.lastStep), lt(totpSecrets.lastStep, step)),
      ),
    )
    .returning({ accountId: totpSecrets.accountId })
  return taken.length === 1
}

async function spendRecoveryCode(tx: Transaction, accountId: string, typed: string, at: Date): Promise<boolean> {
  const codeHash = hashOfRecoveryCode(recoveryCodeOf(typed), accountId)
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: at })
    .where(
      and(eq(recoveryCodes.accountId, accountId), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)),
    )
    .returning({ id: recoveryCodes.id })
  return used.length === 1
}
