import type { Severity } from '#server/categories/rules/severity.ts'
import type { BulkDeed } from './deeds.ts'

/** What puts one report back as it was before a change. */
export type Inverse =
  | { name: 'assign_person'; accountId: string | null }
  | { name: 'change_category'; categoryCode: string }
  | { name: 'change_severity'; severity: Severity }
  | { name: 'change_tags'; tags: string[] }
  | { name: 'link_incident'; incidentId: string | null }
  | { name: 'withdraw_answer' }

/** What of a report a change in bulk looks at or replaces. */
export type Before = {
  assigneeId: string | null
  categoryCode: string
  severity: Severity
  tags: readonly string[]
  incidentId: string | null
  needsApproval: boolean
}

/** The way back, or null where there is none: an answer that waits for its approver is his to send back. */
export function inverseOf(deed: BulkDeed, before: Before): Inverse | null {
  switch (deed.name) {
    case 'assign_person':
      return { name: deed.name, accountId: before.assigneeId }
    case 'change_category':
      return { name: deed.name, categoryCode: before.categoryCode }
    case 'change_severity':
      return { name: deed.name, severity: before.severity }
    case 'change_tags':
      return { name: deed.name, tags: [...before.tags] }
    case 'link_incident':
      return { name: deed.name, incidentId: before.incidentId }
    case 'reject':
      return deed.answer === '' ? null : { name: 'withdraw_answer' }
    case 'answer':
      return before.needsApproval ? null : { name: 'withdraw_answer' }
    default:
      return null
  }
}

/** The labels a report will have: what it has and is not to lose, then the new ones. */
export function tagsAfter(
  before: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
) {
  const left = before.filter((tag) => !remove.includes(tag))
  return [...new Set([...left, ...add])]
}
