import type { Rating } from '#server/reports/rules/lifecycle.ts'
import { silentRejectReasons } from '#server/reports/rules/lifecycle.ts'
import type { Outcome } from '#server/reports/rules/outcome.ts'
import type { LoggedEvent } from './replay.ts'

/** A close, with what happened after it and before the next. */
export type ClosedPhase = {
  at: Date
  phase: 'answered' | 'refused'
  agencyId: string | null
  reopened: { at: Date; byCitizen: boolean } | null
  rating: { value: Rating; at: Date } | null
  /** What its answer and each follow-up said, in order. */
  outcomes: { at: Date; outcome: Outcome }[]
}

/** From one moment on a report is open, closed, or outside the figures. */
export type Phase = { at: Date; phase: 'open' | 'spam_or_test' | 'merged' } | ClosedPhase

export const isClosed = (phase: Phase): phase is ClosedPhase => phase.phase === 'answered' || phase.phase === 'refused'

/** The phases of a report, in order. */
export function phasesOf(receivedAt: Date, events: readonly LoggedEvent[]): Phase[] {
  const phases: Phase[] = [{ at: receivedAt, phase: 'open' }]
  for (const event of events) {
    const last = phases.at(-1) as Phase
    switch (event.event) {
      case 'report.answered':
      case 'report.answer_approved':
        phases.push(closed(event, 'answered'))
        break
      case 'report.rejected':
        if (isSilent(event.details.reason)) phases.push({ at: event.at, phase: 'spam_or_test' })
        else phases.push(closed(event, 'refused'))
        break
      case 'report.merged':
        phases.push({ at: event.at, phase: 'merged' })
        break
      case 'report.unmerged':
        phases.push({ at: event.at, phase: 'open' })
        break
      case 'report.followed_up':
        if (isClosed(last)) last.outcomes.push(outcomeIn(event))
        break
      case 'report.rated':
        if (isClosed(last) && event.details.rating) last.rating = { value: event.details.rating, at: event.at }
        break
      case 'report.reopened':
        if (isClosed(last)) last.reopened = { at: event.at, byCitizen: isCitizensWish(event, last) }
        phases.push({ at: event.at, phase: 'open' })
        break
    }
  }
  return phases
}

const outcomeIn = ({ at, details }: LoggedEvent) => ({ at, outcome: details.outcome ?? 'not_stated' })

const closed = (event: LoggedEvent, phase: ClosedPhase['phase']): ClosedPhase => ({
  at: event.at,
  phase,
  agencyId: event.agencyId,
  reopened: null,
  rating: null,
  outcomes: [outcomeIn(event)],
})

/**
 * Staff record the wishes of citizens: a reopening counts as the citizen's if they did it themselves or had said that
 * they were dissatisfied.
 */
const isCitizensWish = ({ actorKind }: LoggedEvent, { rating }: ClosedPhase): boolean =>
  actorKind === 'citizen' || rating?.value === 'dissatisfied'

const isSilent = (reason: string | null): boolean =>
  (silentRejectReasons as readonly (string | null)[]).includes(reason)
