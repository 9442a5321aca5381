import { createHash, randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { passwordLinks } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { passwordLimits } from '#server/platform/rules/limits.ts'
import type { Context } from '../context.ts'
import { lockAccount } from '../queries/accounts.ts'
import { mayAdminister } from '../rules/policy.ts'
import type { AccountId } from '../rules/schemas.ts'

/** What the database stores of a token: a copy of the database is not enough to build a link. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Creates a one-time link with which the account's owner sets a password; earlier links stop working. */
export async function makePasswordLink(ctx: Context, { accountId }: AccountId): Promise<PasswordLink> {
  return ctx.db.transaction(async (tx) => {
    const account = await lockAccount(tx, ctx.actor, accountId)
    if (!mayAdminister(ctx.actor, account)) throw new DomainError('forbidden')
    if (!account.isActive) throw new DomainError('account_inactive')
    return writePasswordLink(tx, ctx, account)
  })
}

export type PasswordLink = { path: string; expiresAt: Date }

export async function writePasswordLink(
  tx: Transaction,
  ctx: Pick<Context, 'actor' | 'now' | 'requestId' | 'ip'>,
  account: { id: string; agencyId: string },
): Promise<PasswordLink> {
  const at = ctx.now()
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(at.getTime() + passwordLimits.linkSeconds * 1000)
  await tx
    .update(passwordLinks)
    .set({ usedAt: at })
    .where(and(eq(passwordLinks.accountId, account.id), isNull(passwordLinks.usedAt)))
  await tx.insert(passwordLinks).values({
    tokenHash: hashOfToken(token),
    accountId: account.id,
    createdBy: ctx.actor.id,
    createdAt: at,
    expiresAt,
  })
  await recordEvent(tx, ctx, {
    event: 'account.password_link_made',
    subject: { kind: 'account', id: account.id },
    agencyId: account.agencyId,
    details: { expiresAt },
  })
  return { path: `/set-password/${token}`, expiresAt }
}
