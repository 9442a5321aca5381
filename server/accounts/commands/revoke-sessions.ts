import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import { lockAccount } from '../queries/accounts.ts'
import { mayAdminister } from '../rules/policy.ts'
import type { AccountId, RevokeDevice } from '../rules/schemas.ts'
import { revokeSessions } from './keep-sessions.ts'

/** An admin signs an account out everywhere. */
export async function revokeAccountSessions(ctx: Context, { accountId }: AccountId) {
  return ctx.db.transaction(async (tx) => {
    const account = await lockAccount(tx, ctx.actor, accountId)
    if (!mayAdminister(ctx.actor, account)) throw new DomainError('forbidden')
    const ended = await revokeSessions(tx, { accountId }, 'revoked_by_admin', ctx.now())
    await recordEvent(tx, ctx, {
      event: 'account.sessions_revoked',
      subject: { kind: 'account', id: accountId },
      agencyId: account.agencyId,
      details: { ended },
    })
    return { ended }
  })
}

/** Users sign out one of their own devices. Sign-ins of others do not exist for them. */
export async function revokeDevice(ctx: Context, { sessionId }: RevokeDevice) {
  const accountId = ctx.actor.id
  if (!accountId) throw new DomainError('signed_out')
  return ctx.db.transaction(async (tx) => {
    const ended = await revokeSessions(tx, { sessionId, accountId }, 'revoked_by_owner', ctx.now())
    if (ended === 0) throw new DomainError('not_found')
    await recordEvent(tx, ctx, {
      event: 'account.sessions_revoked',
      subject: { kind: 'account', id: accountId },
      details: { ended, sessionId },
    })
    return { ended }
  })
}
