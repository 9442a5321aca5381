import type { Actor } from '#server/accounts/rules/actor.ts'
import { bestWay } from '#server/accounts/rules/substitution.ts'
import type { ReportMove } from '#server/reports/rules/lifecycle.ts'
import { obstacleTo, obstacleToAct, type ReportAct, type Subject, type Windows } from '#server/reports/rules/policy.ts'
import type { BulkDeed } from './actions.ts'
import { type Before, tagsAfter } from './undo.ts'

/** A report as a change in bulk judges it. */
export type Candidate = { subject: Subject; before: Before }

/** What a judgement needs beside the report, read once for all of them. */
export type Circumstances = {
  actor: Actor
  now: Date
  windows: Windows
  /** Where the person who is to get them handles reports. */
  agenciesOfPerson: readonly string[]
}

const mostTags = 20

/**
 * Why this report would not be changed, as a code; null where it would. The rules are those of the single change, asked in its
 * order: who may, in which state, and then whether there is anything to change.
 */
export function obstacleToDeed(deed: BulkDeed, { subject, before }: Candidate, given: Circumstances): string | null {
  const { actor, now, windows } = given
  const move = (name: ReportMove) => bestWay(actor, (way) => obstacleTo(way, name, subject, now, windows)).obstacle
  const act = (name: ReportAct) => bestWay(actor, (way) => obstacleToAct(way, name, subject)).obstacle
  switch (deed.name) {
    case 'assign':
    case 'reject':
      return move(deed.name)
    case 'transfer':
      return move('transfer') ?? (subject.agencyId === deed.agencyId ? 'same_agency' : null)
    case 'assign_person':
      return move('assign_person') ?? obstacleToPerson(deed.accountId, { subject, before }, given)
    case 'answer':
      return move(before.needsApproval ? 'submit_answer' : 'answer')
    case 'change_category':
      return act(deed.name) ?? unchangedIf(before.categoryCode === deed.categoryCode)
    case 'change_severity':
      return act(deed.name) ?? unchangedIf(before.severity === deed.severity)
    case 'link_incident':
      return act(deed.name) ?? unchangedIf(before.incidentId === deed.incidentId)
    case 'change_tags': {
      const after = tagsAfter(before.tags, deed)
      const isSame = after.length === before.tags.length && after.every((tag) => before.tags.includes(tag))
      return act(deed.name) ?? unchangedIf(isSame) ?? (after.length > mostTags ? 'too_many_tags' : null)
    }
  }
}

const unchangedIf = (isSame: boolean): string | null => (isSame ? 'unchanged' : null)

function obstacleToPerson(
  accountId: string | null,
  { subject, before }: Candidate,
  { agenciesOfPerson }: Circumstances,
): string | null {
  if (before.assigneeId === accountId) return 'unchanged'
  const sitsThere = accountId === null || agenciesOfPerson.some((id) => id === subject.agencyId)
  return sitsThere ? null : 'not_a_colleague'
}
