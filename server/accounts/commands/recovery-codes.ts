import { randomInt } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { recoveryCodes } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { secondFactorLimits } from '#server/platform/rules/limits.ts'
import type { Context } from '../context.ts'
import { factorsOf } from '../queries/second-factor.ts'
import { shownRecoveryCode } from '../rules/second-factor.ts'
import { hashOfRecoveryCode } from '../secrets.ts'
import { assertConfirmed } from './confirm-identity.ts'

/** Without letters and digits that are easily confused on paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
const length = 10

const newCode = (): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

/** Ten new codes; earlier ones stop working. They are shown only this once. */
export async function writeRecoveryCodes(tx: Transaction, accountId: string, at: Date): Promise<string[]> {
  const codes = Array.from({ length: secondFactorLimits.recoveryCodes }, newCode)
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ accountId, codeHash: hashOfRecoveryCode(code, accountId), madeAt: at })))
  return codes.map(shownRecoveryCode)
}

/** The codes that come with the first factor; null if the account already has some. */
export async function firstRecoveryCodes(tx: Transaction, accountId: string, at: Date): Promise<string[] | null> {
  const left = await tx.$count(recoveryCodes, and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt)))
  return left > 0 ? null : writeRecoveryCodes(tx, accountId, at)
}

/** Creates ten new codes when the paper is lost or all codes are used. */
export async function renewRecoveryCodes(ctx: Context, session: { id: string; accountId: string }): Promise<string[]> {
  await assertConfirmed(ctx, session.id)
  const { accountId } = session
  return ctx.db.transaction(async (tx) => {
    const { totp, passkeys } = await factorsOf(tx, accountId)
    if (!totp && passkeys.length === 0) throw new DomainError('no_second_factor')
    const codes = await writeRecoveryCodes(tx, accountId, ctx.now())
    await recordEvent(tx, ctx, {
      event: 'account.recovery_codes_made',
      subject: { kind: 'account', id: accountId },
    })
    return codes
  })
}
