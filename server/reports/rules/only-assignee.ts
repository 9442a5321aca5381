import type { Actor, Role } from '#server/accounts/rules/actor.ts'
import { shareAPerson } from '#server/accounts/rules/substitution.ts'

/** The roles of an assignee, held in the very agency that holds the report. */
export const colleagueRoles = ['officer', 'approver'] as const satisfies readonly Role[]

/**
 * Whether the actor may be the assignee of a report of that agency. Not as a substitute: the substitution ends, the
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
  /** The setting of its agency. */
  onlyAssigneeAnswers: boolean
}

/**
 * Whether only another account may answer: the assignee, or a substitute of the assignee. A report without an assignee
 * may be answered by anyone.
 */
export function isAnothersToAnswer(actor: Actor, { assigneeId, onlyAssigneeAnswers }: Answerable): boolean {
  return onlyAssigneeAnswers && assigneeId !== null && !shareAPerson(actor, { id: assigneeId })
}
