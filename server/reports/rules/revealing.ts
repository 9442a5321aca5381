import type { Actor } from '#server/accounts/rules/actor.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { mayAct } from './policy.ts'

/**
 * Whether the actor may see the reporter, by the agency that holds the report: the answer is the same for all reports
 * of an agency.
 */
export function revealing(actor: Actor): (agencyId: string | null) => boolean {
  const known = new Map<string | null, boolean>()
  return (agencyId) => {
    const answer =
      known.get(agencyId) ?? capacityFor(actor, (capacity) => mayAct(capacity, 'reveal_reporter', agencyId)) !== null
    known.set(agencyId, answer)
    return answer
  }
}
