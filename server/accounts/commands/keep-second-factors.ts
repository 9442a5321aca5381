import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, recoveryCodes, sessions } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { readSettings } from '#server/platform/settings.ts'
import type { Context } from '../context.ts'
import { factorsOf } from '../queries/second-factor.ts'
import { isAskedOf } from '../rules/second-factor.ts'

/** Locks the factors of an account, so that changes of them are serialised. */
export async function lockFactors(tx: Transaction, accountId: string): Promise<void> {
  await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for('no key update')
}

/**
 * Checked before a factor is added. Another session may have set one up in the meantime; then the password alone must
 * not be enough to add a second one.
 */
export async function assertMayAdd(tx: Transaction, session: { id: string; accountId: string }): Promise<void> {
  await lockFactors(tx, session.accountId)
  const [{ totp, passkeys }, [row]] = await Promise.all([
    factorsOf(tx, session.accountId),
    tx.select({ shownAt: sessions.secondFactorAt }).from(sessions).where(eq(sessions.id, session.id)),
  ])
  if (!row?.shownAt && (totp || passkeys.length > 0)) throw new DomainError('second_factor_needed')
}

/**
 * Called after a factor was removed: the last one may be removed only if the city does not require one, and the
 * recovery codes are removed with it.
 */
export async function keepOne(tx: Transaction, { actor }: Pick<Context, 'actor'>): Promise<void> {
  const accountId = actor.id as string
  const { totp, passkeys } = await factorsOf(tx, accountId)
  if (totp || passkeys.length > 0) return
  const { secondFactorRoles } = await readSettings(tx)
  if (
    isAskedOf(
      actor.grants.map(({ role }) => role),
      secondFactorRoles,
    )
  )
    throw new DomainError('last_second_factor')
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
}
