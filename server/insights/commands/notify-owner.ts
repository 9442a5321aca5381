import { eq, inArray } from 'drizzle-orm'
import { accounts, mailings } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { log } from '#server/platform/log.ts'
import type { MailSettings, Post } from '#server/platform/mail.ts'
import { isAllowedAddress } from '#server/platform/rules/mail-domain.ts'
import { sayIn } from '../mail/weekly-letter.ts'
import type { RunError } from '../rules/mailing.ts'
import { momentOf } from '../rules/weekly-words.ts'
import type { Run } from './mailing-runs.ts'

export type Tools = { post: Post; mail: MailSettings; appUrl: URL | undefined }

/**
 * Notifies the account that set it up that it was not sent, or that this is unknown; if that mail fails too, it is
 * shown in the list of runs.
 */
export async function notifyOwner(
  { db }: Context,
  run: Run,
  error: RunError | 'unsure',
  { post, mail }: Pick<Tools, 'post' | 'mail'>,
): Promise<void> {
  const [row] = await db
    .select({ mailing: mailings, owner: accounts })
    .from(mailings)
    .innerJoin(accounts, eq(accounts.id, mailings.ownerId))
    .where(eq(mailings.id, run.mailingId))
  if (!row?.owner.isActive || !row.owner.email || !isAllowedAddress(row.owner.email, mail.domains)) return
  const { name, locale } = row.mailing
  const say = sayIn(locale)
  const at = momentOf(run.dueAt)
  const wordsOf = async () => {
    if (error !== 'unsure') {
      const reason = say(`mailings.errors.${error}`)
      return {
        subject: say('weekly.letter.failedSubject', { name }),
        text: say('weekly.letter.failedText', { name, at, attempts: run.attempts, reason }),
      }
    }
    const people = await db.select({ name: accounts.name }).from(accounts).where(inArray(accounts.id, run.unsure))
    const names = people.map((person) => person.name).join(', ')
    return {
      subject: say('weekly.letter.unsureSubject', { name }),
      text: say('weekly.letter.unsureText', { name, at, names }),
    }
  }
  const letter = {
    senderName: say('weekly.letter.sender'),
    ...(await wordsOf()),
    to: { name: row.owner.name, address: row.owner.email },
    key: `mailing-${run.id}-${error === 'unsure' ? 'unsure' : 'failed'}`,
    attachments: [],
  }
  try {
    await post.send(letter)
  } catch (cause) {
    log.error({ err: cause, mailingId: run.mailingId }, 'the owner could not be notified that a mailed report failed')
  }
}
