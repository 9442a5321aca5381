import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { reportAnswers, reportRequests } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { shareAPerson } from '#server/accounts/rules/substitution.ts'
import { extendClock, pauseClock } from '#server/calendars/rules/deadlines.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'
import { nextState, type RequestKind } from '../rules/lifecycle.ts'
import { commitmentDueAt, loggedOutcome } from '../rules/outcome.ts'
import { authorOf, capacityToDecide } from '../rules/policy.ts'
import type { decideInput } from '../rules/schemas.ts'
import { assertPlan, queueSending, sendTime } from './answers.ts'
import { changeReport, type Desk, type Moved, type Outcome } from './move-report.ts'
import { transferTo } from './transfer-report.ts'

const past: Record<RequestKind, { approved: EventName; refused: EventName }> = {
  extension: { approved: 'report.extended', refused: 'report.extension_refused' },
  transfer: { approved: 'report.transferred', refused: 'report.transfer_refused' },
  pause: { approved: 'report.paused', refused: 'report.pause_refused' },
  follow_up: { approved: 'report.followed_up', refused: 'report.follow_up_refused' },
}

type Request = typeof reportRequests.$inferSelect

/**
 * An approver of the agency grants or refuses what was requested. Granting executes it in the same transaction: the
 * clock is extended or paused, or the report is transferred to the other agency. No one decides their own request,
 * unless the agency has a single account.
 */
export async function decideRequest(ctx: Context, input: z.output<typeof decideInput>): Promise<Moved> {
  return changeReport(ctx, 'decide_request', null, input, async (desk) => {
    const { tx, report, now } = desk
    const [request] = await tx
      .select()
      .from(reportRequests)
      .where(and(eq(reportRequests.id, input.requestId), eq(reportRequests.reportId, report.id)))
    if (!request) throw new DomainError('not_found')
    if (request.status !== 'pending') throw new DomainError('request_decided')
    const asker = { id: request.askedById, onBehalfOf: request.askedFor }
    const { capacity, refusalReason } = capacityToDecide(ctx.actor, asker, {
      ...desk.subject,
      agencyId: report.agencyId,
    })
    if (refusalReason) throw new DomainError(refusalReason)
    await tx
      .update(reportRequests)
      .set({
        status: input.approve ? 'approved' : 'refused',
        decidedById: ctx.actor.id,
        decidedAt: now,
        remarks: input.remarks || null,
      })
      .where(eq(reportRequests.id, request.id))
    const by = { ...desk, ctx: { ...desk.ctx, actor: capacity } }
    const outcome = input.approve ? await grant(by, request) : await refuse(by, request, input.remarks)
    return {
      ...outcome,
      capacity,
      event: past[request.kind][input.approve ? 'approved' : 'refused'],
      details: {
        ...outcome.details,
        requestId: request.id,
        // The words of a follow-up are those of its answer.
        ...(request.kind !== 'follow_up' && { reason: request.reason }),
        ...(input.remarks && { remarks: input.remarks }),
      },
    }
  })
}

/** A follow-up that is not granted returns to its writer with the remarks; of other requests nothing is left to do. */
async function refuse(desk: Desk, { kind, answerId }: Request, remarks: string): Promise<Outcome> {
  if (kind !== 'follow_up' || answerId === null) return {}
  return reviewFollowUp(desk, answerId, { status: 'sent_back', remarks: remarks || null })
}

type Reviewed = { status: 'queued'; sendAt: Date } | { status: 'sent_back'; remarks: string | null }

async function reviewFollowUp(desk: Desk, answerId: string, reviewed: Reviewed): Promise<Outcome> {
  const { tx, subject, now } = desk
  const { actor } = desk.ctx
  const [answer] = await tx.select().from(reportAnswers).where(eq(reportAnswers.id, answerId))
  if (answer?.status !== 'submitted') throw new DomainError('no_answer')
  if (reviewed.status === 'queued') assertPlan(desk, answer)
  const isOwn = shareAPerson(authorOf(answer), actor)
  const reviewer = { reviewerId: actor.id, reviewerFor: actor.onBehalfOf, soleAccount: isOwn && subject.soleAccount }
  await tx
    .update(reportAnswers)
    .set({ ...reviewed, ...reviewer, reviewedAt: now })
    .where(eq(reportAnswers.id, answerId))
  const { remarks, reviewerId, reviewerFor, reviewedAt } = answer
  const before = { id: answerId, remarks, reviewerId, reviewerFor, reviewedAt: reviewedAt?.toISOString() ?? null }
  const details = { answerId, ...loggedOutcome(answer) }
  if (reviewed.status === 'sent_back') return { details, kept: { answer: before } }
  return { set: { commitmentDueAt: commitmentDueAt(answer.plannedFor) }, details, kept: { answer: before } }
}

async function grant(desk: Desk, request: Request): Promise<Outcome> {
  const { clocks, report, now } = desk
  switch (request.kind) {
    case 'extension': {
      if (report.state !== 'in_progress') throw new DomainError('invalid_move', { state: report.state })
      const minutes = request.minutes ?? 0
      const before = clocks.deadline().dueAt
      clocks.change(clocks.running(), (clock) => extendClock(clock, minutes))
      const after = clocks.deadline().dueAt
      return { details: { minutes, dueAt: [before?.toISOString() ?? null, after?.toISOString() ?? null] } }
    }
    case 'pause': {
      if (report.state !== 'in_progress') throw new DomainError('invalid_move', { state: report.state })
      clocks.change(clocks.running(), (clock) => pauseClock(clock, now, request.reason))
      return { details: { agencyId: request.agencyId } }
    }
    case 'follow_up': {
      nextState(report.state, 'follow_up')
      const sendAt = sendTime(desk)
      const outcome = await reviewFollowUp(desk, request.answerId ?? '', { status: 'queued', sendAt })
      await queueSending(desk, request.answerId ?? '', sendAt)
      return { ...outcome, details: { ...outcome.details, sendAt: sendAt.toISOString() } }
    }
    case 'transfer': {
      const state = nextState(report.state, 'transfer')
      const outcome = await transferTo(desk, request.agencyId ?? '', request.reason)
      return { ...outcome, state }
    }
  }
}
