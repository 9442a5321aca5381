import { and, eq, isNotNull } from 'drizzle-orm'
import { createTranslator } from 'next-intl'
import type { Transaction } from '#db/client.ts'
import { accountRoles, accounts, webhooks } from '#db/schema/index.ts'
import { messagesOf } from '#messages/catalog.ts'
import type { Context } from '#server/accounts/context.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { environment } from '#server/platform/environment.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { type MailSettings, openPost } from '#server/platform/mail.ts'
import { isAllowedAddress } from '#server/platform/rules/mail-domain.ts'
import { type DeliveryFailure, mayAdministerWebhook } from '../rules/webhook.ts'
import { change } from './keep-webhooks.ts'

type Mail = { mail: MailSettings | undefined; appUrl?: URL | undefined }

/** Stops a failing webhook and queues one letter for each responsible administrator. */
export async function disableWebhook(
  tx: Transaction,
  ctx: Context,
  webhook: typeof webhooks.$inferSelect,
  cause: DeliveryFailure,
): Promise<void> {
  const { failingSince } = webhook
  await change(tx, ctx, webhook, 'webhook.disabled', { state: 'disabled' }, { failingSince, lastFailure: cause })
  const admins = await tx
    .selectDistinct({ id: accounts.id })
    .from(accountRoles)
    .innerJoin(accounts, eq(accounts.id, accountRoles.accountId))
    .where(and(eq(accountRoles.role, 'admin'), eq(accounts.isActive, true), isNotNull(accounts.email)))
  for (const { id: accountId } of admins) {
    const payload = { webhookId: webhook.id, accountId }
    await queueJob(tx, 'tell_webhook_disabled', payload, { jobKey: `webhook_disabled:${webhook.id}:${accountId}` })
  }
}

/**
 * Sends one administrator a letter that the desk has stopped a webhook. Sends nothing if the webhook is active again or
 * without a mail server; the list of webhooks shows the state in any case.
 */
export async function tellDisabled(
  { db, now }: Context,
  { webhookId, accountId }: { webhookId: string; accountId: string },
  { mail, appUrl }: Mail = environment(),
): Promise<boolean> {
  const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, webhookId))
  const [admin] = await db.select().from(accounts).where(eq(accounts.id, accountId))
  if (!mail || webhook?.state !== 'disabled' || !admin?.email || !isAllowedAddress(admin.email, mail.domains))
    return false
  const actor = await actorOf(db, accountId, now())
  if (!actor || !mayAdministerWebhook(actor, webhook.agencyId)) return false
  const locale = admin.preferences.locale ?? 'vi'
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: 'webhooks.letter' })
  const post = openPost(mail)
  try {
    await post.send({
      to: { name: admin.name, address: admin.email },
      senderName: t('sender'),
      subject: t('subject', { name: webhook.name }),
      text: [
        t('what', { name: webhook.name }),
        t('next'),
        ...(appUrl ? [new URL(`/admin/integrations/webhooks/${webhookId}`, appUrl).href] : []),
      ].join('\n\n'),
      key: `webhook-disabled-${webhookId}-${webhook.version}-${accountId}`,
      attachments: [],
    })
  } finally {
    post.close()
  }
  return true
}
