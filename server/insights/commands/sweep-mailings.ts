import { and, asc, eq, lte, ne, or } from 'drizzle-orm'
import { mailingRuns, mailings } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { environment } from '#server/platform/environment.ts'
import { againOf, queueJob } from '#server/platform/jobs.ts'
import { log } from '#server/platform/log.ts'
import type { MailSettings } from '#server/platform/mail.ts'
import { jobLimits } from '#server/platform/rules/limits.ts'
import { stuckAfterMinutes } from '../rules/mailing.ts'

const most = 100

/**
 * Looks each minute for reports by mail that should have been sent and were not: never begun, begun and waiting, or
 * held by a dead process. Logs them and queues their job again. Without a mail server none is due. Returns how many
 * were found.
 */
export async function sweepMailings(
  ctx: Context,
  { mail }: { mail: MailSettings | undefined } = environment(),
): Promise<number> {
  if (!mail) return 0
  const before = new Date(ctx.now().getTime() - jobLimits.leftBehindSeconds.mailing * 1000)
  const stuck = new Date(before.getTime() - stuckAfterMinutes * 60_000)
  const notBegun = await ctx.db
    .select({ mailingId: mailings.id, dueAt: mailings.nextAt })
    .from(mailings)
    .where(and(eq(mailings.isActive, true), ne(mailings.edition, 'after_incident'), lte(mailings.nextAt, before)))
    .orderBy(asc(mailings.nextAt))
    .limit(most)
  const notDone = await ctx.db
    .select({ mailingId: mailingRuns.mailingId, runId: mailingRuns.id, dueAt: mailingRuns.dueAt })
    .from(mailingRuns)
    .where(
      or(
        and(eq(mailingRuns.state, 'waiting'), lte(mailingRuns.notBefore, before)),
        and(eq(mailingRuns.state, 'running'), lte(mailingRuns.claimedAt, stuck)),
      ),
    )
    .orderBy(asc(mailingRuns.notBefore))
    .limit(most)
  const found = [...notBegun, ...notDone]
  for (const entry of found) log.error(entry, 'a report by mail was left behind and is queued again')
  if (found.length > 0) await queueJob(ctx.db, 'send_mailings', {}, againOf('send_mailings'))
  return found.length
}
