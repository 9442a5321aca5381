import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { reportRequests } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { extendClock, pauseClock } from '#server/calendars/rules/deadlines.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'
import { nextState, type RequestKind } from '../rules/lifecycle.ts'
import { capacityToDecide } from '../rules/policy.ts'
import type { decideInput } from '../rules/schemas.ts'
import { changeReport, type Desk, type Moved, type Outcome } from './move-report.ts'
import { transferTo } from './transfer-report.ts'

const past: Record<RequestKind, { approved: EventName; refused: EventName }> = {
  extension: { approved: 'report.extended', refused: 'report.extension_refused' },
  transfer: { approved: 'report.transferred', refused: 'report.transfer_refused' },
  pause: { approved: 'report.paused', refused: 'report.pause_refused' },
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
    const outcome = input.approve ? await grant(desk, request) : {}
    return {
      ...outcome,
      capacity,
      event: past[request.kind][input.approve ? 'approved' : 'refused'],
      details: {
        ...outcome.details,
        requestId: request.id,
        reason: request.reason,
        ...(input.remarks && { remarks: input.remarks }),
      },
    }
  })
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
    case 'transfer': {
      const state = nextState(report.state, 'transfer')
      const outcome = await transferTo(desk, request.agencyId ?? '', request.reason)
      return { ...outcome, state }
    }
  }
}
