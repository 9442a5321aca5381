import type { Severity } from '#server/categories/rules/severity.ts'
import { waysBack } from '#server/reports/rules/undo.ts'
import { type BulkAction, isUndoable } from './actions.ts'

/** What puts one report back as it was before a change: by its log, or before its answer has left. */
export type Inverse = { name: (typeof waysBack)[Extract<BulkAction['name'], keyof typeof waysBack>] }

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
export function inverseOf(action: BulkAction, before: Pick<Before, 'needsApproval'>): Inverse | null {
  if (!isUndoable(action) || (action.name === 'answer' && before.needsApproval)) return null
  return { name: waysBack[action.name] }
}

/** The labels a report will have: what it has and is not to lose, then the new ones. */
export function tagsAfter(
  before: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
) {
  const left = before.filter((tag) => !remove.includes(tag))
  return [...new Set([...left, ...add])]
}
