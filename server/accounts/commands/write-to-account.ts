import { eq } from 'drizzle-orm'
import { createTranslator } from 'next-intl'
import { accounts } from '#db/schema/index.ts'
import { messagesOf } from '#messages/catalog.ts'
import { environment } from '#server/platform/environment.ts'
import { type MailSettings, openPost } from '#server/platform/mail.ts'
import { isAllowedAddress } from '#server/platform/rules/mail-domain.ts'
import type { Context } from '../context.ts'

export type PostSettings = { mail: MailSettings | undefined; appUrl?: URL | undefined }

type Letter = {
  accountId: string
  /** Which of the letters in `accounts.letters` it is, and the values of its text. */
  about: 'secondFactorReset' | 'networkLocked'
  values: Record<string, string | number>
  /** The page of the desk that it links to. */
  path: string
  /** The same for the same letter. */
  key: string
}

/**
 * Sends a letter to an account in its own language; nothing is sent without a mail server or to a domain that is not
 * allowed.
 */
export async function writeToAccount(
  { db }: Pick<Context, 'db'>,
  { accountId, about, values, path, key }: Letter,
  { mail, appUrl }: PostSettings = environment(),
): Promise<boolean> {
  const [account] = await db
    .select({ name: accounts.name, email: accounts.email, preferences: accounts.preferences })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  if (!mail || !account?.email || !isAllowedAddress(account.email, mail.domains)) return false
  const locale = account.preferences.locale ?? 'vi'
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: 'accounts.letters' })
  const post = openPost(mail)
  try {
    await post.send({
      to: { name: account.name, address: account.email },
      senderName: t('sender'),
      subject: t(`${about}.subject`, values),
      text: [
        t('greeting', { name: account.name }),
        t(`${about}.what`, values),
        t(`${about}.next`, values),
        ...(appUrl ? [new URL(path, appUrl).href] : []),
      ].join('\n\n'),
      key: `${key}-${accountId}`,
      attachments: [],
    })
  } finally {
    post.close()
  }
  return true
}
