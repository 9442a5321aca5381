import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { stopClock } from '#server/calendars/rules/deadlines.ts'
import { DomainError } from '#server/platform/errors.ts'
import { needsAnswer } from '../rules/lifecycle.ts'
import { noOutcome } from '../rules/outcome.ts'
import type { rejectInput } from '../rules/schemas.ts'
import { writeAnswer } from './answers.ts'
import { type Moved, moveReport } from './move-report.ts'

/** Rejects a report with a reason; every reason but spam and test requires an answer to the citizen. */
export async function rejectReport(ctx: Context, input: z.output<typeof rejectInput>): Promise<Moved> {
  return moveReport(ctx, 'reject', input, async (desk) => {
    const { report, clocks, now } = desk
    const owed = needsAnswer(input.reason)
    if (owed && input.answer === '') throw new DomainError('answer_missing')
    const words = { what: input.answer, where: '', when: '', next: '', ...noOutcome, photoIds: [] }
    const answer = input.answer === '' ? null : await writeAnswer(desk, 'rejection', 'queued', words)
    for (const kind of ['intake', 'resolution'] as const) {
      const kept = clocks.last(kind)
      if (kept?.clock.stoppedAt === null) clocks.change(kept, (clock) => stopClock(clock, now))
    }
    return {
      set: { stateBefore: report.state, rejectReason: input.reason, answeredAt: now },
      details: { reason: input.reason, ...(answer && { answerId: answer.id, sendAt: answer.sendAt?.toISOString() }) },
    }
  })
}
