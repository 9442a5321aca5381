import type { z } from 'zod'
import { scheduledAnswers } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { laterLimits } from '#server/platform/rules/limits.ts'
import { outcomeOf } from '../rules/outcome.ts'
import { refusalReasonToSchedule, type ScheduledMove, type ScheduledWords } from '../rules/scheduling.ts'
import type { ChangeInput, rescheduleInput, scheduleAnswerInput, scheduleApprovalInput } from '../rules/schemas.ts'
import { assertPlan, latestAnswer, proofOf } from './answers.ts'
import { forgetDraft } from './drafts.ts'
import { type Desk, type Moved, moveReport } from './move-report.ts'
import { dropSchedule, forgetCancelled, queueSchedule, standsOn } from './scheduled-answers.ts'

/** Writes an answer that is given at a later time, where the category requires no approval. */
export async function scheduleAnswer(ctx: Context, input: z.output<typeof scheduleAnswerInput>): Promise<Moved> {
  return moveReport(ctx, 'schedule_answer', input, async (desk) => {
    const { what, where, when, next, photoIds, sendAt } = input
    assertPlan(desk, input, sendAt)
    await proofOf(desk.tx, desk.report.id, new Set(photoIds))
    await keepSchedule(desk, 'answer', sendAt, { what, where, when, next, photoIds, ...outcomeOf(input) })
    const accountId = desk.ctx.actor.id ?? ''
    await forgetDraft(desk.tx, { accountId, reportId: desk.report.id, kind: 'answer' })
    return { details: { sendAt: sendAt.toISOString() } }
  })
}

/** The second person approves an answer that is given at a later time. */
export async function scheduleApproval(ctx: Context, input: z.output<typeof scheduleApprovalInput>): Promise<Moved> {
  return moveReport(ctx, 'schedule_approval', input, async (desk) => {
    assertPlan(desk, await latestAnswer(desk, ['submitted']), input.sendAt)
    await keepSchedule(desk, 'approve', input.sendAt, null)
    return { details: { sendAt: input.sendAt.toISOString() } }
  })
}

/** Another time; `sendAt` null: now. It is still given in the name of who scheduled it. */
export async function rescheduleAnswer(ctx: Context, input: z.output<typeof rescheduleInput>): Promise<Moved> {
  return moveReport(ctx, 'reschedule_answer', input, async (desk) => {
    const sendAt = input.sendAt ?? desk.now
    if (input.sendAt) assertTime(desk, input.sendAt)
    const changed = desk.tx.update(scheduledAnswers).set({ sendAt }).where(standsOn(desk.report.id))
    const [scheduled] = await changed.returning({ words: scheduledAnswers.words })
    assertPlan(desk, scheduled?.words ?? (await latestAnswer(desk, ['submitted'])), sendAt)
    await queueSchedule(desk.tx, desk.report.id, sendAt)
    return { details: { sendAt: sendAt.toISOString() } }
  })
}

/** Cancels the scheduled answer and notifies its writer. The report itself does not change. */
export async function unscheduleAnswer(ctx: Context, input: ChangeInput): Promise<Moved> {
  return moveReport(ctx, 'unschedule_answer', input, async (desk) => {
    const writerId = await dropSchedule(desk, desk.report.id)
    return { details: { unscheduled: { accountId: writerId } } }
  })
}

function assertTime({ now }: Desk, sendAt: Date): void {
  const refusalReason = refusalReasonToSchedule(sendAt, now)
  if (refusalReason) throw new DomainError(refusalReason, { days: laterLimits.answerDays })
}

async function keepSchedule(desk: Desk, move: ScheduledMove, sendAt: Date, words: ScheduledWords | null) {
  const { tx, ctx, report, now } = desk
  const { id: accountId } = ctx.actor
  if (accountId === null) throw new DomainError('forbidden')
  assertTime(desk, sendAt)
  const row = { reportId: report.id, move, accountId, words, scheduledAt: now, sendAt }
  await forgetCancelled(desk, report.id)
  await tx.insert(scheduledAnswers).values(row)
  await queueSchedule(tx, report.id, sendAt)
}
