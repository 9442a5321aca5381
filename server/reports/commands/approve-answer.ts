import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { reportAnswers } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { shareAPerson } from '#server/accounts/rules/substitution.ts'
import { stopClock } from '#server/calendars/rules/deadlines.ts'
import { commitmentDueAt, loggedOutcome } from '../rules/outcome.ts'
import { authorOf } from '../rules/policy.ts'
import type { ChangeInput, sendBackInput } from '../rules/schemas.ts'
import { assertPlan, latestAnswer, queueSending, sendTime } from './answers.ts'
import { type Moved, moveReport } from './move-report.ts'
import { takeSchedule } from './scheduled-answers.ts'

/** The second person approves: the report counts as answered at once, the answer is sent after the undo time. */
export async function approveAnswer(ctx: Context, input: ChangeInput, scheduledId?: string): Promise<Moved> {
  return moveReport(ctx, 'approve', input, async (desk) => {
    const { tx, report, clocks, subject, now } = desk
    const { actor } = desk.ctx
    if (scheduledId) await takeSchedule(desk, scheduledId)
    const answer = await latestAnswer(desk, ['submitted'])
    assertPlan(desk, answer)
    const sendAt = sendTime(desk)
    await tx
      .update(reportAnswers)
      .set({
        status: 'queued',
        reviewerId: actor.id,
        reviewerFor: actor.onBehalfOf,
        reviewedAt: now,
        sendAt,
        soleAccount: shareAPerson(authorOf(answer), actor) && subject.soleAccount,
      })
      .where(eq(reportAnswers.id, answer.id))
    await queueSending(desk, answer.id, sendAt)
    clocks.change(clocks.running(), (clock) => stopClock(clock, now))
    return {
      set: { stateBefore: report.state, answeredAt: now, commitmentDueAt: commitmentDueAt(answer.plannedFor) },
      details: {
        answerId: answer.id,
        sendAt: sendAt.toISOString(),
        ...loggedOutcome(answer),
        ...(answer.batchId && { batchId: answer.batchId }),
      },
      kept: { soleAccount: answer.soleAccount },
    }
  })
}

/** Returns the answer to the officer with remarks; the clock never stopped. */
export async function sendBackAnswer(ctx: Context, input: z.output<typeof sendBackInput>): Promise<Moved> {
  return moveReport(ctx, 'send_back', input, async (desk) => {
    const { tx, now } = desk
    const { actor } = desk.ctx
    const answer = await latestAnswer(desk, ['submitted'])
    const isOwn = shareAPerson(authorOf(answer), actor)
    const reviewer = isOwn ? {} : { reviewerId: actor.id, reviewerFor: actor.onBehalfOf }
    await tx
      .update(reportAnswers)
      .set({ status: 'sent_back', remarks: input.remarks, ...reviewer, reviewedAt: now })
      .where(eq(reportAnswers.id, answer.id))
    const { id, remarks, reviewerId, reviewerFor, reviewedAt } = answer
    return {
      details: { answerId: id, remarks: input.remarks },
      kept: { answer: { id, remarks, reviewerId, reviewerFor, reviewedAt: reviewedAt?.toISOString() ?? null } },
    }
  })
}
