import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { environment } from '#server/platform/environment.ts'
import { againOf, queueJob } from '#server/platform/jobs.ts'
import { log } from '#server/platform/log.ts'
import type { MailSettings } from '#server/platform/mail.ts'
import { jobLimits } from '#server/platform/rules/limits.ts'
import { isAllowedAddress } from '#server/platform/rules/mail-domain.ts'
import { readersWaiting } from './mail-notifications.ts'

export type LeftNotices = { untold: number; unmailed: number }

/**
 * Searches each minute for events whose recipients should have been notified, and for letters that should have been
 * sent; logs them and queues both again. Events that failed and wait for their next attempt are not included: the
 * failure was already logged.
 */
export async function sweepNotices(
  ctx: Context,
  { mail }: { mail: MailSettings | undefined } = environment(),
): Promise<LeftNotices> {
  const untold = await untoldEvents(ctx)
  if (untold > 0) {
    await queueJob(ctx.db, 'tell_notifications', {}, againOf('tell_notifications'))
    log.error({ events: untold }, 'notices were left behind and are queued again')
  }
  const unmailed = mail ? await unmailedReaders(ctx, mail) : 0
  if (unmailed > 0) {
    await queueJob(ctx.db, 'mail_notifications', {}, againOf('mail_notifications'))
    log.error({ readers: unmailed }, 'letters of notices were left behind and are queued again')
  }
  return { untold, unmailed }
}

const ago = ({ now }: Context, seconds: number) => new Date(now().getTime() - seconds * 1000)

async function untoldEvents(ctx: Context): Promise<number> {
  const before = ago(ctx, jobLimits.leftBehindSeconds.notice).toISOString()
  const [row] = await ctx.db.execute<{ untold: number }>(sql`
    select count(*)::int as untold from notification_marks join events on events.id = notification_marks.event_id
    where coalesce(retry_at, events.at) <= ${before}::timestamptz`)
  return row?.untold ?? 0
}

async function unmailedReaders(ctx: Context, mail: MailSettings): Promise<number> {
  const readers = await readersWaiting(ctx, ago(ctx, jobLimits.leftBehindSeconds.letter))
  return readers.filter(({ email }) => isAllowedAddress(email, mail.domains)).length
}
