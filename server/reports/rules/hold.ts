import type { Actor } from '#server/accounts/rules/actor.ts'
import { undoLimits } from '#server/platform/rules/limits.ts'
import { heldStates, type ReportState } from './lifecycle.ts'
import { scopeOf } from './scope.ts'

/** Where a report is, and who may see it. */
export type Whereabouts = { state: ReportState; agencyId: string | null; heldBy: readonly string[] }

/**
 * The agencies that know of a report while a decision on it can still be taken back: those that knew of it before,
 * without the one that newly gets it to work on. Null where the decision shows it to no one new. `known`: the result of
 * an earlier decision whose time still runs.
 */
export function knownDuring(
  actor: Actor,
  before: Whereabouts & { known: readonly string[] | null },
  after: Whereabouts,
): string[] | null {
  const knew = before.known ?? agenciesOf(before)
  const others = knew.filter((id) => id !== newHolder(before, after))
  // No one hides a report from themselves: an officer who reopens a report of their own agency goes on seeing it.
  const known = [...(seesAmong(actor, others) ? others : knew)]
  return agenciesOf(after).every((id) => known.includes(id)) ? null : known
}

const agenciesOf = ({ agencyId, heldBy }: Whereabouts): string[] => [
  ...new Set([...heldBy, ...(agencyId === null ? [] : [agencyId])]),
]

/** The agency that has the report to work on after the decision, and did not before. */
function newHolder(before: Whereabouts, after: Whereabouts): string | null {
  return isHeld(after) && !(isHeld(before) && before.agencyId === after.agencyId) ? after.agencyId : null
}

const isHeld = ({ state }: Whereabouts): boolean => (heldStates as readonly ReportState[]).includes(state)

function seesAmong(actor: Actor, agencyIds: readonly string[]): boolean {
  const scope = scopeOf(actor)
  return scope.all || agencyIds.some((id) => scope.agencyIds.includes(id))
}

/**
 * Whether an account may change a report while the last decision on it can be taken back. The decider may, and so may
 * colleagues in the decider's agency and city-wide accounts. Other agencies wait: their change would end that right.
 */
export function mayActDuring(actor: Actor, decider: { id: string; agencyId: string }): boolean {
  if (actor.kind !== 'staff' || actor.id === decider.id || scopeOf(actor).all) return true
  return actor.grants.some(({ agencyId }) => agencyId === decider.agencyId)
}

/**
 * Until when an act can be undone and no one learns of it: the time that the screen shows, and a grace for a request
 * that is on its way at its end. Both end together, so that no one sees what is taken back a moment later.
 */
export const heldUntil = (made: Date, { undoSeconds }: { undoSeconds: number }): Date =>
  new Date(made.getTime() + (undoSeconds + undoLimits.graceSeconds) * 1000)
