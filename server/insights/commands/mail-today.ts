import { and, eq, sql } from 'drizzle-orm'
import { accounts } from '#db/schema/index.ts'
import type { Locale } from '#messages/locales.ts'
import type { Context } from '#server/accounts/context.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { homeOf } from '#server/accounts/rules/home.ts'
import { permissions } from '#server/accounts/rules/permissions.ts'
import { defaultPreferences } from '#server/accounts/rules/preferences.ts'
import { environment } from '#server/platform/environment.ts'
import { log } from '#server/platform/log.ts'
import { type MailSettings, mailFailureOf, openPost, wasNotTaken } from '#server/platform/mail.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { isAllowedAddress } from '#server/platform/rules/mail-domain.ts'
import { todayLetter } from '../mail/today-letter.ts'
import { readToday } from '../queries/today.ts'
import { isMailTime } from '../rules/today-mail.ts'
import { workingDays } from './save-mailing.ts'

type Mail = { mail: MailSettings | undefined; appUrl?: URL | undefined }
type Reader = { id: string; name: string; email: string; locale: Locale | null }

/**
 * Sends the page of the morning to those whose home it is and who did not switch it off: once a person and day, and on
 * working days only. A letter is marked as sent before it is handed over: a crash in between loses the letter, and the
 * page is there. Only one that the server certainly did not accept is tried again. Returns how many were sent.
 */
export async function mailToday(
  ctx: Context,
  { mail, appUrl }: Mail = { mail: environment().mail, appUrl: environment().appUrl },
): Promise<number> {
  if (!mail || !isMailTime(ctx.now(), await workingDays(ctx))) return 0
  const day = localDayOf(ctx.now())
  const readers = (await readersWithout(ctx, day)).filter(({ email }) => isAllowedAddress(email, mail.domains))
  if (readers.length === 0) return 0
  const post = openPost(mail)
  let sent = 0
  try {
    for (const { id, name, email, locale } of readers) {
      let isClaimed = false
      try {
        const letter = await letterTo(ctx, id, locale ?? 'vi', appUrl)
        if (!letter) continue
        isClaimed = await claim(ctx, id, day)
        if (!isClaimed) continue
        await post.send({ ...letter, to: { name, address: email }, key: `today-${day}-${id}` })
        sent += 1
      } catch (error) {
        log.error({ err: error, accountId: id }, 'the page of the morning did not go by mail')
        if (isClaimed && wasNotTaken(error)) await giveBack(ctx, id, day)
        // The other letters would fail in the same way, each after the whole page was read: the next run tries again.
        if (['unreachable', 'login'].includes(mailFailureOf(error) ?? '')) break
      }
    }
    return sent
  } finally {
    post.close()
  }
}

/** Those who may have the page as their home and have not been sent that of this day. */
async function readersWithout({ db }: Context, day: LocalDay): Promise<Reader[]> {
  const wants = sql`coalesce((${accounts.preferences} ->> 'mailToday')::boolean, ${defaultPreferences.mailToday})`
  const leads = sql`exists (select from account_roles held where held.account_id = ${accounts.id}
    and held.role = any(${sql.param([...permissions['insights.today']])}::text[]))`
  const rows = await db
    .select({
      id: accounts.id,
      name: accounts.name,
      email: accounts.email,
      locale: sql<Locale | null>`${accounts.preferences} ->> 'locale'`,
    })
    .from(accounts)
    .where(and(eq(accounts.isActive, true), isWithout(day), wants, leads))
    .orderBy(accounts.id)
  return rows.flatMap(({ email, ...row }) => (email === null ? [] : [{ ...row, email }]))
}

const isWithout = (day: LocalDay) => sql`${accounts.morningLetterOn} is distinct from ${day}::date`

/** Null where the page is not the home of the account. */
async function letterTo(ctx: Context, accountId: string, locale: Locale, appUrl: URL | undefined) {
  const actor = await actorOf(ctx.db, accountId, ctx.now())
  if (!actor || homeOf(actor) !== '/today') return null
  return todayLetter(await readToday({ ...ctx, actor }, null), locale, appUrl)
}

/** Whether this process is the one to send it. */
async function claim({ db }: Context, accountId: string, day: LocalDay): Promise<boolean> {
  const claimed = await db
    .update(accounts)
    .set({ morningLetterOn: day })
    .where(and(eq(accounts.id, accountId), isWithout(day)))
    .returning({ id: accounts.id })
  return claimed.length > 0
}

async function giveBack({ db }: Context, accountId: string, day: LocalDay): Promise<void> {
  await db
    .update(accounts)
    .set({ morningLetterOn: null })
    .where(and(eq(accounts.id, accountId), eq(accounts.morningLetterOn, day)))
}
