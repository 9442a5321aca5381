import { eq, inArray } from 'drizzle-orm'
import { createTranslator } from 'next-intl'
import { accounts, passkeyChallenges, passkeys, recoveryCodes, sessions, totpSecrets } from '#db/schema/index.ts'
import { messagesOf } from '#messages/catalog.ts'
import { recordEvent } from '#server/events/commands.ts'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { type MailSettings, openPost } from '#server/platform/mail.ts'
import { isAllowedAddress } from '#server/platform/rules/mail-domain.ts'
import type { Context } from '../context.ts'
import { lockAccount } from '../queries/accounts.ts'
import { factorsOf } from '../queries/second-factor.ts'
import { mayAdminister } from '../rules/policy.ts'
import type { ResetSecondFactor } from '../rules/schemas.ts'
import { assertConfirmed } from './confirm-identity.ts'
import { revokeSessions } from './keep-sessions.ts'

/**
 * Takes every second factor from an account whose owner lost them: all its sign-ins end, and the owner is written to, for it may not be
 * he who asked. One's own is taken away on one's own page.
 */
export async function resetSecondFactor(ctx: Context, sessionId: string, { accountId, reason }: ResetSecondFactor) {
  await assertConfirmed(ctx, sessionId)
  await ctx.db.transaction(async (tx) => {
    const account = await lockAccount(tx, ctx.actor, accountId)
    if (!mayAdminister(ctx.actor, account)) throw new DomainError('forbidden')
    if (accountId === ctx.actor.id) throw new DomainError('own_second_factor')
    const { totp, passkeys: keys } = await factorsOf(tx, accountId)
    if (!totp && keys.length === 0) throw new DomainError('no_second_factor')
    await tx.delete(totpSecrets).where(eq(totpSecrets.accountId, accountId))
    await tx.delete(passkeys).where(eq(passkeys.accountId, accountId))
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
    const itsSessions = tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.accountId, accountId))
    await tx.delete(passkeyChallenges).where(inArray(passkeyChallenges.sessionId, itsSessions))
    const ended = await revokeSessions(tx, { accountId }, 'second_factor_reset', ctx.now())
    await recordEvent(tx, ctx, {
      event: 'account.second_factor_reset',
      subject: { kind: 'account', id: accountId },
      agencyId: account.agencyId,
      details: { reason, ended },
    })
    await queueJob(tx, 'tell_second_factor_reset', { accountId, at: ctx.now().toISOString() })
  })
  return null
}

/** Writes to the account that its second factor is gone; without a mail server, or to a domain that is not allowed, nothing goes. */
export async function tellReset(
  { db }: Pick<Context, 'db'>,
  { accountId, at }: { accountId: string; at: string },
  { mail, appUrl }: { mail: MailSettings | undefined; appUrl?: URL | undefined } = environment(),
): Promise<boolean> {
  const [account] = await db
    .select({ name: accounts.name, email: accounts.email, preferences: accounts.preferences })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  if (!mail || !account?.email || !isAllowedAddress(account.email, mail.domains)) return false
  const locale = account.preferences.locale ?? 'vi'
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: 'accounts.resetLetter' })
  const post = openPost(mail)
  try {
    await post.send({
      to: { name: account.name, address: account.email },
      senderName: t('sender'),
      subject: t('subject'),
      text: [
        t('greeting', { name: account.name }),
        t('what'),
        t('next'),
        ...(appUrl ? [new URL('/sign-in', appUrl).href] : []),
      ].join('\n\n'),
      key: `second-factor-reset-${accountId}-${new Date(at).getTime()}`,
      attachments: [],
    })
  } finally {
    post.close()
  }
  return true
}
