import { eq } from 'drizzle-orm'
import { reportAnswers } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { actMade } from '../queries/act-made.ts'
import { activityBefore } from '../rules/kept.ts'
import { moveRules, type ReportState } from '../rules/lifecycle.ts'
import { commitmentDueAt } from '../rules/outcome.ts'
import type { ChangeInput } from '../rules/schemas.ts'
import { findAnswer } from './answers.ts'
import { type Desk, type Moved, moveReport } from './move-report.ts'
import { runOn } from './promises.ts'

/** What an answer before the withdrawn one says still holds. */
async function committedBefore(desk: Desk): Promise<Date | null> {
  const before = await findAnswer(desk, ['sent'])
  return commitmentDueAt(before?.plannedFor ?? null)
}

const ways = (['answer', 'approve', 'reject'] as const).map((move) => moveRules[move].event)

/**
 * Withdraws an answer or a rejection before it is sent: as if it had never been given, its clock runs on, and an
 * approved answer waits for its approval again.
 */
export async function withdrawAnswer(ctx: Context, input: ChangeInput): Promise<Moved> {
  return moveReport(ctx, 'withdraw_answer', input, async (desk) => {
    const { tx, report } = desk
    const { version, kept } = await actMade(tx, report.id, ways)
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
                soleAccount: kept.soleAccount ?? false,
              }
            : { status: 'withdrawn', sendAt: null },
        )
        .where(eq(reportAnswers.id, answer.id))
    }
    await runOn(desk)
    return {
      set: { stateBefore: null, answeredAt: null, rejectReason: null, commitmentDueAt: await committedBefore(desk) },
      circumstances: { stateBefore: back },
      activity: activityBefore(report, kept),
      details: { undoes: version, ...(answer && { answerId: answer.id }) },
    }
  })
}
