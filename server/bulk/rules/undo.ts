import type { Severity } from '#server/categories/rules/severity.ts'
import { waysBack } from '#server/reports/rules/undo.ts'
import { type BulkDeed, isUndoable } from './actions.ts'

/** What puts one report back as it was before a change: by its log, or before its answer has left. */
export type Inverse = { name: (typeof waysBack)[Extract<BulkDeed['name'], keyof typeof waysBack>] }

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
export function inverseOf(deed: BulkDeed, before: Pick<Before, 'needsApproval'>): Inverse | null {
  if (!isUndoable(deed) || (deed.name === 'answer' && before.needsApproval)) return null
  return { name: waysBack[deed.name] }
}

/** The labels a report will have: what it has and is not to lose, then the new ones. */
export function tagsAfter(
  before: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
) {
  const left = before.filter((tag) => !remove.includes(tag))
  return [...new Set([...left, ...add])]
}
