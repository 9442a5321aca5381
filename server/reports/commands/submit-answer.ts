import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { stopClock } from '#server/calendars/rules/deadlines.ts'
import { commitmentDueAt, loggedOutcome, type Outcome } from '../rules/outcome.ts'
import type { answerInput } from '../rules/schemas.ts'
import { writeAnswer } from './answers.ts'
import { type Moved, moveReport } from './move-report.ts'
import { endWait } from './promises.ts'
import { takeSchedule } from './scheduled-answers.ts'

/** Submits an answer to the agency's approver. The resolution clock runs on until it is approved. */
export async function submitAnswer(ctx: Context, input: z.output<typeof answerInput>): Promise<Moved> {
  return moveReport(ctx, 'submit_answer', input, async (desk) => {
    const { id } = await writeAnswer(desk, 'answer', 'submitted', input)
    endWait(desk)
    return { details: { answerId: id, ...loggedOutcome(input) } }
  })
}

/**
 * Answers at once, where the category requires no approval. The answer is sent after the undo time. `scheduledId`: it
 * has waited for its time until now.
 */
export async function answerReport(
  ctx: Context,
  // One that was scheduled before outcomes were asked for states none.
  input: Omit<z.output<typeof answerInput>, 'outcome'> & { outcome: Outcome },
  scheduledId?: string,
): Promise<Moved> {
  return moveReport(ctx, 'answer', input, async (desk) => {
    const { report, clocks, now } = desk
    if (scheduledId) await takeSchedule(desk, scheduledId)
    const { id, sendAt } = await writeAnswer(desk, 'answer', 'queued', input)
    clocks.change(clocks.running(), (clock) => stopClock(clock, now))
    return {
      set: { stateBefore: report.state, answeredAt: now, commitmentDueAt: commitmentDueAt(input.plannedFor) },
      details: { answerId: id, sendAt: sendAt?.toISOString(), ...loggedOutcome(input) },
    }
  })
}
