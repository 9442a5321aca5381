import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { commitmentDueAt, loggedOutcome } from '../rules/outcome.ts'
import type { answerInput } from '../rules/schemas.ts'
import { writeAnswer } from './answers.ts'
import { type Moved, moveReport } from './move-report.ts'
import { askRequest } from './requests.ts'

type Input = z.output<typeof answerInput>

/**
 * A later answer on a report that was answered, where the category requires no approval: state and clocks stay as they
 * are, and the reporter is told after the undo time.
 */
export async function followUp(ctx: Context, input: Input): Promise<Moved> {
  return moveReport(ctx, 'follow_up', input, async (desk) => {
    const { id, sendAt } = await writeAnswer(desk, 'answer', 'queued', { ...input, isFollowUp: true })
    return {
      set: { commitmentDueAt: commitmentDueAt(input.plannedFor) },
      details: { answerId: id, sendAt: sendAt?.toISOString(), ...loggedOutcome(input) },
    }
  })
}

/** Where it requires approval, it waits as a request that another person grants (`decideRequest`). */
export async function requestFollowUp(ctx: Context, input: Input): Promise<Moved> {
  return moveReport(ctx, 'request_follow_up', input, async (desk) => {
    const { tx, report, now } = desk
    const { id: answerId } = await writeAnswer(desk, 'answer', 'submitted', { ...input, isFollowUp: true })
    const asked = { kind: 'follow_up' as const, reason: input.what, answerId }
    const requestId = await askRequest(tx, report.id, desk.ctx.actor, now, asked)
    return { details: { requestId, answerId, ...loggedOutcome(input) } }
  })
}
