import { and, eq, inArray, ne } from 'drizzle-orm'
import { createTranslator } from 'next-intl'
import { accountRoles, accounts, bulletins } from '#db/schema/index.ts'
import { messagesOf } from '#messages/catalog.ts'
import type { Context } from '#server/accounts/context.ts'
import { environment } from '#server/platform/environment.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { type MailSettings, openPost } from '#server/platform/mail.ts'
import { isAllowedAddress } from '#server/platform/rules/mail-domain.ts'
import type { BulletinDesk } from './move-bulletin.ts'

type Mail = { mail: MailSettings | undefined; appUrl?: URL | undefined }

/** A letter for every other chief editor, each a separate job: an address that fails does not delay the others. */
export async function queueLetters({ tx, ctx, bulletin }: BulletinDesk): Promise<void> {
  const chiefs = await tx
    .selectDistinct({ id: accounts.id })
    .from(accountRoles)
    .innerJoin(accounts, eq(accounts.id, accountRoles.accountId))
    .where(
      and(eq(accountRoles.role, 'chief_editor'), eq(accounts.isActive, true), ne(accounts.id, ctx.actor.id as string)),
    )
  for (const { id: accountId } of chiefs) {
    const payload = { bulletinId: bulletin.id, accountId }
    await queueJob(tx, 'tell_chief', payload, { jobKey: `tell_chief:${bulletin.id}:${accountId}` })
  }
}

/**
 * Writes to one chief editor that a bulletin was published without review. Nothing is sent once someone has looked back
 * on it, nor without a mail server or to a domain that is not allowed: the list "Cần hậu kiểm" shows it in any case.
 */
export async function notifyChief(
  { db }: Context,
  { bulletinId, accountId }: { bulletinId: string; accountId: string },
  { mail, appUrl }: Mail = environment(),
): Promise<boolean> {
  const [bulletin] = await db
    .select({ title: bulletins.title, reason: bulletins.unreviewedReason, byId: bulletins.unreviewedById })
    .from(bulletins)
    .where(and(eq(bulletins.id, bulletinId), eq(bulletins.needsLookBack, true)))
  if (!bulletin) return false
  const people = await db
    .select({ id: accounts.id, name: accounts.name, email: accounts.email, isActive: accounts.isActive })
    .from(accounts)
    .where(inArray(accounts.id, [accountId, bulletin.byId ?? accountId]))
  const chief = people.find(({ id }) => id === accountId)
  if (!mail || !chief?.isActive || !chief.email || !isAllowedAddress(chief.email, mail.domains)) return false
  const by = people.find(({ id }) => id === bulletin.byId)
  const t = createTranslator({ locale: 'vi', messages: messagesOf('vi'), namespace: 'bulletins.letter' })
  const lines = [
    t('what', { name: by?.name ?? '', title: bulletin.title }),
    t('why', { reason: bulletin.reason ?? '' }),
    t('next'),
    ...(appUrl ? [new URL(`/bulletins/${bulletinId}`, appUrl).href] : []),
  ]
  const post = openPost(mail)
  try {
    await post.send({
      to: { name: chief.name, address: chief.email },
      senderName: t('sender'),
      subject: t('subject', { title: bulletin.title }),
      text: lines.join('\n\n'),
      key: `unreviewed-${bulletinId}-${accountId}`,
      attachments: [],
    })
  } finally {
    post.close()
  }
  return true
}
