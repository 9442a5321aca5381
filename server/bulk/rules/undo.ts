import type { Severity } from '#server/categories/rules/severity.ts'
import { waysBack } from '#server/reports/rules/undo.ts'
import { type BulkAction, isUndoable } from './actions.ts'

/**
 * How one report is restored to its state before a change: from the log, by taking the decision back, or by withdrawing
 * an answer that has not been sent.
 */
export type Inverse = { name: (typeof waysBack)[Extract<BulkAction['name'], keyof typeof waysBack>] }

/** The fields of a report that a change in bulk reads or replaces. */
export type Before = {
  assigneeId: string | null
  categoryCode: string
  severity: Severity
  tags: readonly string[]
  incidentId: string | null
  needsApproval: boolean
}

/** The undo, or null where there is none. An answer that needs approval was submitted, not sent. */
export function inverseOf(action: BulkAction, before: Pick<Before, 'needsApproval'>): Inverse | null {
  if (!isUndoable(action)) return null
  return { name: waysBack[action.name === 'answer' && before.needsApproval ? 'submit_answer' : action.name] }
}

/** The labels that a report will have: the present ones without the removed ones, then the new ones. */
export function tagsAfter(
  before: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
) {
  const left = before.filter((tag) => !remove.includes(tag))
  return [...new Set([...left, ...add])]
}
