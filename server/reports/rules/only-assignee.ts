import type { Actor, Role } from '#server/accounts/rules/actor.ts'
import { shareAPerson } from '#server/accounts/rules/substitution.ts'

/** Who may hold a report: whoever has one of these in the very agency that it stands at. */
export const colleagueRoles = ['officer', 'approver'] as const satisfies readonly Role[]

/**
 * Whether the actor may hold a report of that agency himself. By a lent role nobody holds anything: the loan ends, the
 * report stays.
 */
export function mayHold(actor: Actor, agencyId: string | null): boolean {
  return actor.grants.some(
    ({ role, agencyId: at, substituteFor }) =>
      !substituteFor && at === agencyId && (colleagueRoles as readonly Role[]).includes(role),
  )
}

export type Answerable = {
  assigneeId: string | null
  /** As its agency has set it. */
  onlyAssigneeAnswers: boolean
}

/**
 * Whether the answer is another's to give: of him who holds the report, or of whoever stands in for him. What nobody
 * holds anybody answers.
 */
export function isAnothersToAnswer(actor: Actor, { assigneeId, onlyAssigneeAnswers }: Answerable): boolean {
  return onlyAssigneeAnswers && assigneeId !== null && !shareAPerson(actor, { id: assigneeId })
}
