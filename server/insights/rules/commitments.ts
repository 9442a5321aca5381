import { commitmentDueAt } from '#server/reports/rules/outcome.ts'
import type { LoggedEvent, PromiseFact } from './replay.ts'

/** The events by which an answer takes effect. */
const telling: readonly string[] = ['report.answered', 'report.answer_approved', 'report.followed_up']
const keeping: readonly unknown[] = ['fixed', 'temporary']

/**
 * Each answer that plans something for a day is a commitment (docs/numbers.md): kept by a later answer that the matter
 * is fixed, moved where another day is told by then. At the agency that committed itself.
 */
export function commitmentsOf(events: readonly LoggedEvent[]): PromiseFact[] {
  const answers = events.filter(({ event }) => telling.includes(event))
  return answers.flatMap(({ at, agencyId, details }, place) => {
    const { outcome, plannedFor } = details
    if (outcome !== 'planned' || !plannedFor) return []
    const later = answers.slice(place + 1)
    const isOther = ({ details: told }: LoggedEvent) => told.outcome === 'planned' && told.plannedFor !== plannedFor
    return [
      {
        kind: 'commitment' as const,
        agencyId,
        beganAt: at,
        firstDueAt: null,
        dueAt: commitmentDueAt(plannedFor),
        doneAt: later.find((answer) => keeping.includes(answer.details.outcome))?.at ?? null,
        movedAt: later.find(isOther)?.at ?? null,
        level: 0,
      },
    ]
  })
}
