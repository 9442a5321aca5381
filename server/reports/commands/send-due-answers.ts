import { and, asc, eq, lte } from 'drizzle-orm'
import { reportAnswers } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { log } from '#server/platform/log.ts'
import { sendAnswer } from './send-answer.ts'

/** Each answer has a job of its own, which is this much earlier: what is still there then has been forgotten. */
const graceSeconds = 60
const most = 500

/**
 * Sends the answers that should have left a minute ago and says so in the log: their own jobs ran out of tries, were
 * lost or were done without effect. An answer that cannot be sent keeps none of the others back. Returns how many it
 * sent.
 */
export async function sendDueAnswers(ctx: Context): Promise<number> {
  const before = new Date(ctx.now().getTime() - graceSeconds * 1000)
  const late = await ctx.db
    .select({ id: reportAnswers.id, sendAt: reportAnswers.sendAt })
    .from(reportAnswers)
    .where(and(eq(reportAnswers.status, 'queued'), lte(reportAnswers.sendAt, before)))
    .orderBy(asc(reportAnswers.sendAt), asc(reportAnswers.id))
    .limit(most)
  const failed: string[] = []
  let sent = 0
  for (const { id, sendAt } of late) {
    try {
      if (!(await sendAnswer(ctx, id))) continue
      sent += 1
      log.error({ answerId: id, sendAt }, 'an answer had been left behind and was sent late')
    } catch (error) {
      failed.push(id)
      log.error({ err: error, answerId: id }, 'an answer that was left behind could not be sent')
    }
  }
  if (failed.length > 0) throw new Error(`${failed.length} answers that were left behind could not be sent`)
  return sent
}
