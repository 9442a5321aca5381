import { and, asc, eq, lte } from 'drizzle-orm'
import { reportAnswers } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { log } from '#server/platform/log.ts'
import { sendAnswer } from './send-answer.ts'

/** Each answer has a separate job at its time: what is not sent this much later was missed. */
const graceSeconds = 60
const most = 500

/**
 * Sends the answers that should have been sent a minute ago and logs it: their own jobs ran out of attempts, were lost
 * or had no effect. An answer that cannot be sent does not stop the others. Returns how many it sent.
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
