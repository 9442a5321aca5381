import { eq } from 'drizzle-orm'
import { reportAnswers } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { continueClock } from '#server/calendars/rules/deadlines.ts'
import type { ReportState } from '../rules/lifecycle.ts'
import type { ChangeInput } from '../rules/schemas.ts'
import { findAnswer } from './answers.ts'
import { type Moved, moveReport } from './move-report.ts'

/**
 * Takes an answer or a rejection back before it has left: as if it had never been given, its clock runs on, and an
 * approved answer waits for its approval again.
 */
export async function withdrawAnswer(ctx: Context, input: ChangeInput): Promise<Moved> {
  return moveReport(ctx, 'withdraw_answer', input, async (desk) => {
    const { tx, report, clocks } = desk
    const answer = await findAnswer(desk, ['queued'])
    const back: ReportState = report.stateBefore ?? 'in_progress'
    if (answer) {
      await tx
        .update(reportAnswers)
        .set(
          back === 'awaiting_approval'
            ? {
                status: 'submitted',
                sendAt: null,
                reviewerId: null,
                reviewerFor: null,
                reviewedAt: null,
                soleAccount: false,
              }
            : { status: 'withdrawn', sendAt: null },
        )
        .where(eq(reportAnswers.id, answer.id))
    }
    clocks.change(clocks.last('resolution') ?? clocks.last('intake'), continueClock)
    return {
      set: { stateBefore: null, answeredAt: null, rejectReason: null },
      circumstances: { stateBefore: back },
      details: answer ? { answerId: answer.id } : {},
    }
  })
}
