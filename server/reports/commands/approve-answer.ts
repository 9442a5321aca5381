import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { reportAnswers } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { stopClock } from '#server/calendars/rules/deadlines.ts'
import type { ChangeInput, sendBackInput } from '../rules/schemas.ts'
import { latestAnswer, queueSending, sendTime } from './answers.ts'
import { type Moved, moveReport } from './move-report.ts'

/** The second person approves: the report counts as answered at once, the words leave after the undo time. */
export async function approveAnswer(ctx: Context, input: ChangeInput): Promise<Moved> {
  return moveReport(ctx, 'approve', input, async (desk) => {
    const { tx, report, clocks, subject, now } = desk
    const answer = await latestAnswer(desk, ['submitted'])
    const sendAt = sendTime(desk)
    await tx
      .update(reportAnswers)
      .set({
        status: 'queued',
        reviewerId: ctx.actor.id,
        reviewedAt: now,
        sendAt,
        soleAccount: answer.authorId === ctx.actor.id && subject.soleAccount,
      })
      .where(eq(reportAnswers.id, answer.id))
    await queueSending(desk, answer.id, sendAt)
    clocks.change(clocks.running(), (clock) => stopClock(clock, now))
    return {
      set: { stateBefore: report.state, answeredAt: now },
      details: { answerId: answer.id, sendAt: sendAt.toISOString() },
    }
  })
}

/** Back to the officer with remarks; the clock never stopped. */
export async function sendBackAnswer(ctx: Context, input: z.output<typeof sendBackInput>): Promise<Moved> {
  return moveReport(ctx, 'send_back', input, async (desk) => {
    const { tx, now } = desk
    const answer = await latestAnswer(desk, ['submitted'])
    const reviewer = answer.authorId === ctx.actor.id ? null : ctx.actor.id
    await tx
      .update(reportAnswers)
      .set({ status: 'sent_back', remarks: input.remarks, reviewerId: reviewer, reviewedAt: now })
      .where(eq(reportAnswers.id, answer.id))
    return { details: { answerId: answer.id, remarks: input.remarks } }
  })
}
