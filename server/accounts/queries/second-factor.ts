import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { accounts, passkeys, recoveryCodes, totpSecrets } from '#db/schema/index.ts'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { readSettings } from '#server/platform/settings.ts'
import type { Context } from '../context.ts'
import { demoTotpSecret, sealedInDemo } from '../rules/demo-accounts.ts'
import { isAskedOf, type SecondFactorStep } from '../rules/second-factor.ts'
import { unseal } from '../secrets.ts'
import { totpCodeAt } from '../totp.ts'

/** The secret of the account's authenticator app; null if there is none, or it cannot be decrypted. */
export async function totpSecretOf(db: Connection, accountId: string): Promise<string | null> {
  const [row] = await db
    .select({ sealed: totpSecrets.sealed })
    .from(totpSecrets)
    .where(eq(totpSecrets.accountId, accountId))
  return row?.sealed ? openTotpSecret(row.sealed, accountId) : null
}

/** The secret of the demo account is public, and is not accepted outside the demo. */
export function openTotpSecret(sealed: string, accountId: string): string | null {
  if (sealed === sealedInDemo) return environment().demo ? demoTotpSecret : null
  return unseal(sealed, accountId)
}

/** The second factors of the account. */
export async function factorsOf(db: Connection, accountId: string) {
  const [[totp], keys, codesLeft] = await Promise.all([
    db
      .select({ addedAt: totpSecrets.addedAt, lastUsedAt: totpSecrets.lastUsedAt })
      .from(totpSecrets)
      .where(and(eq(totpSecrets.accountId, accountId), isNotNull(totpSecrets.sealed))),
    db
      .select({
        id: passkeys.id,
        name: passkeys.name,
        createdAt: passkeys.createdAt,
        lastUsedAt: passkeys.lastUsedAt,
      })
      .from(passkeys)
      .where(eq(passkeys.accountId, accountId))
      .orderBy(asc(passkeys.createdAt), asc(passkeys.id)),
    db.$count(recoveryCodes, and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt))),
  ])
  return { totp: totp ?? null, passkeys: keys, codesLeft }
}

/** The data of the step after the password: what is outstanding, and how it can be proved. */
export async function factorStep(
  { db, now }: Pick<Context, 'db' | 'now'>,
  accountId: string,
  step: SecondFactorStep | null,
) {
  const [[account], factors, secret] = await Promise.all([
    db
      .select({
        name: accounts.name,
        username: accounts.username,
        hasPassword: sql<boolean>`${accounts.passwordHash} is not null`,
      })
      .from(accounts)
      .where(eq(accounts.id, accountId)),
    factorsOf(db, accountId),
    totpSecretOf(db, accountId),
  ])
  if (!account) throw new DomainError('signed_out')
  return {
    ...account,
    step,
    totp: factors.totp !== null,
    passkey: factors.passkeys.length > 0,
    recoveryCode: factors.codesLeft > 0,
    /** In the demo no one has the authenticator app. */
    demoCode: environment().demo && secret === demoTotpSecret ? totpCodeAt(secret, now()) : null,
  }
}

/** The second factor of the signed-in account, for its own page. */
export async function ownSecondFactor({ db, actor }: Context) {
  if (!actor.id) throw new DomainError('signed_out')
  const [factors, settings] = await Promise.all([factorsOf(db, actor.id), readSettings(db)])
  const roles = actor.grants.map(({ role }) => role)
  return { ...factors, isAsked: isAskedOf(roles, settings.secondFactorRoles) }
}
