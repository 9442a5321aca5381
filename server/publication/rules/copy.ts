import type { Actor, Role } from '#server/accounts/rules/actor.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'
import { mayAct, reportActs } from '#server/reports/rules/policy.ts'
import type { CopyState } from './copy-states.ts'
import { type CopyTexts, copyTexts } from './copy-texts.ts'
import type { Finding } from './finding.ts'
import { findPersonalData, maskText } from './personal-data.ts'

type Subject = { state: ReportState; agencyId: string | null }

/** Whether the actor reviews the copies of reports that this agency holds. */
export const mayReview = (actor: Actor, { agencyId }: Pick<Subject, 'agencyId'>): boolean =>
  mayAct(actor, 'review_copy', agencyId)

/** The agencies whose copies the actor reviews; null for the whole city. */
export function agenciesReviewedBy(actor: Actor): readonly string[] | null {
  const reviewers: readonly Role[] = reportActs.review_copy
  const grants = actor.grants.filter(({ role }) => reviewers.includes(role))
  return grants.some(({ cityWide }) => cityWide) ? null : [...new Set(grants.flatMap(({ agencyIds }) => agencyIds))]
}

/** Of reports in these states no copy is public: nobody has found them in scope, or they are no matter of their own. */
export const neverPublicStates = ['awaiting_intake', 'rejected', 'merged'] as const satisfies readonly ReportState[]

export const copyActs = ['save', 'publish', 'withdraw'] as const
export type CopyAct = (typeof copyActs)[number]

/** The refusal reason of the act for this actor now, as a code for the screen; null where it is possible. */
export function refusalReasonForCopy(
  actor: Actor,
  act: CopyAct,
  report: Subject,
  copy: { state: CopyState },
): 'forbidden' | 'wrong_state' | 'copy_already_withdrawn' | null {
  if (!mayReview(actor, report)) return 'forbidden'
  if (act === 'withdraw') return copy.state === 'withdrawn' ? 'copy_already_withdrawn' : null
  return (neverPublicStates as readonly ReportState[]).includes(report.state) ? 'wrong_state' : null
}

export type ProposedCopy = { texts: CopyTexts; findings: Record<keyof CopyTexts, Finding[]> }

/** The copy as the rules propose it, with what they hide in each text of the report. */
export function proposedCopy(report: CopyTexts): ProposedCopy {
  const each = copyTexts.map((name) => {
    const findings = findPersonalData(report[name])
    return [name, { findings, masked: maskText(report[name], findings) }] as const
  })
  return {
    texts: Object.fromEntries(each.map(([name, { masked }]) => [name, masked])) as CopyTexts,
    findings: Object.fromEntries(each.map(([name, { findings }]) => [name, findings])) as ProposedCopy['findings'],
  }
}
