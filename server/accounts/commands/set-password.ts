import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { accounts, passwordLinks } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import { assertFit } from '../password-strength.ts'
import { hashPassword } from '../passwords.ts'
import type { SetPassword } from '../rules/schemas.ts'
import { confirmationTries, forgetAttempts } from '../throttle.ts'
import { revokeSessions } from './keep-sessions.ts'
import { hashOfToken } from './make-password-link.ts'

type Visit = Omit<Context, 'actor'>

const works = (token: string, at: Date) =>
  and(
    eq(passwordLinks.tokenHash, hashOfToken(token)),
    isNull(passwordLinks.usedAt),
    gt(passwordLinks.expiresAt, at),
    eq(accounts.isActive, true),
  )

/** The name that a link greets, and nothing more about the account; null if it is unknown, used or expired. */
export async function ownerOfLink({ db, now }: Pick<Context, 'db' | 'now'>, token: string) {
  const account = await accountOfLink(db, token, now())
  return account && { username: account.username, name: account.name }
}

async function accountOfLink(db: Connection, token: string, at: Date) {
  const [found] = await db
    .select({ id: accounts.id, username: accounts.username, name: accounts.name, agencyId: accounts.agencyId })
    .from(passwordLinks)
    .innerJoin(accounts, eq(accounts.id, passwordLinks.accountId))
    .where(works(token, at))
  return found ?? null
}

/** Sets a password with a one-time link. If two use it at once, only one succeeds. */
export async function setPassword(visit: Visit, { token, password }: SetPassword): Promise<{ username: string }> {
  const at = visit.now()
  const account = await accountOfLink(visit.db, token, at)
  if (!account) throw new DomainError('link_not_valid')
  await assertFit(password, account)
  const passwordHash = await hashPassword(password)
  await visit.db.transaction(async (tx) => {
    const [used] = await tx
      .update(passwordLinks)
      .set({ usedAt: at })
      .where(and(eq(passwordLinks.tokenHash, hashOfToken(token)), isNull(passwordLinks.usedAt)))
      .returning({ accountId: passwordLinks.accountId })
    if (!used) throw new DomainError('link_not_valid')
    await tx.update(accounts).set({ passwordHash }).where(eq(accounts.id, account.id))
    await revokeSessions(tx, { accountId: account.id }, 'password_changed', at)
    const actor = { kind: 'staff', id: account.id, name: account.name, grants: [] } as const
    await recordEvent(
      tx,
      { ...visit, actor },
      { event: 'account.password_set', subject: { kind: 'account', id: account.id }, agencyId: account.agencyId },
    )
  })
  await Promise.all([forgetAttempts(account.username, null), confirmationTries.forget(account.id)])
  return { username: account.username }
}
