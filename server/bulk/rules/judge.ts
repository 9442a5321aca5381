import type { Actor } from '#server/accounts/rules/actor.ts'
import { bestCapacity } from '#server/accounts/rules/substitution.ts'
import type { ReportMove } from '#server/reports/rules/lifecycle.ts'
import {
  type ReportAct,
  refusalReasonForAct,
  refusalReasonTo,
  type Subject,
  type Windows,
} from '#server/reports/rules/policy.ts'
import type { BulkAction } from './actions.ts'
import { type Before, tagsAfter } from './undo.ts'

/** A report as needed to judge a change in bulk. */
export type Candidate = { subject: Subject; before: Before }

/** What the judgement needs beside the report, read once for all of them. */
export type Circumstances = {
  actor: Actor
  now: Date
  windows: Windows
  /** The agencies where the person who is to get the reports handles reports. */
  agenciesOfPerson: readonly string[]
}

const mostTags = 20

/**
 * Why this report would not be changed, as a code; null where it would. The rules are those of the single change,
 * checked in its order: permission, state, and then whether there is anything to change.
 */
export function refusalReasonForAction(
  action: BulkAction,
  { subject, before }: Candidate,
  given: Circumstances,
): string | null {
  const { actor, now, windows } = given
  const move = (name: ReportMove) =>
    bestCapacity(actor, (capacity) => refusalReasonTo(capacity, name, subject, now, windows)).refusalReason
  const act = (name: ReportAct) =>
    bestCapacity(actor, (capacity) => refusalReasonForAct(capacity, name, subject)).refusalReason
  switch (action.name) {
    case 'assign':
    case 'reject':
      return move(action.name)
    case 'transfer':
      return move('transfer') ?? (subject.agencyId === action.agencyId ? 'same_agency' : null)
    case 'assign_person':
      return move('assign_person') ?? refusalReasonForPerson(action.accountId, { subject, before }, given)
    case 'answer':
      return move(before.needsApproval ? 'submit_answer' : 'answer')
    case 'change_category':
      return act(action.name) ?? unchangedIf(before.categoryCode === action.categoryCode)
    case 'change_severity':
      return act(action.name) ?? unchangedIf(before.severity === action.severity)
    case 'link_incident':
      return act(action.name) ?? unchangedIf(before.incidentId === action.incidentId)
    case 'change_tags': {
      const after = tagsAfter(before.tags, action)
      const isSame = after.length === before.tags.length && after.every((tag) => before.tags.includes(tag))
      return act(action.name) ?? unchangedIf(isSame) ?? (after.length > mostTags ? 'too_many_tags' : null)
    }
  }
}

const unchangedIf = (isSame: boolean): string | null => (isSame ? 'unchanged' : null)

function refusalReasonForPerson(
  accountId: string | null,
  { subject, before }: Candidate,
  { agenciesOfPerson }: Circumstances,
): string | null {
  if (before.assigneeId === accountId) return 'unchanged'
  const sitsThere = accountId === null || agenciesOfPerson.some((id) => id === subject.agencyId)
  return sitsThere ? null : 'not_a_colleague'
}
