import { z } from 'zod'
import { moveRules } from '#server/reports/rules/lifecycle.ts'
import { reportActs } from '#server/reports/rules/policy.ts'
import {
  answerInput,
  assignInput,
  assignPersonInput,
  categoryInput,
  incidentInput,
  rejectInput,
  severityInput,
  tagsInput,
  transferInput,
} from '#server/reports/rules/schemas.ts'
import { canBeUndone, type UndoableAct } from '#server/reports/rules/undo.ts'
import { mostRows } from './run.ts'

const alone = { reportId: true, version: true } as const
const tags = tagsInput.shape.tags

/** What can be done to many reports at once, each with the input of the single change. */
export const bulkActionSchema = z.discriminatedUnion('name', [
  assignInput.pick({ agencyId: true, note: true }).extend({ name: z.literal('assign') }),
  assignPersonInput.omit(alone).extend({ name: z.literal('assign_person') }),
  transferInput.omit(alone).extend({ name: z.literal('transfer') }),
  categoryInput.omit(alone).extend({ name: z.literal('change_category') }),
  severityInput.omit(alone).extend({ name: z.literal('change_severity') }),
  z
    .object({ name: z.literal('change_tags'), add: tags, remove: tags })
    .refine(({ add, remove }) => add.length + remove.length > 0, { path: ['add'], message: 'required' }),
  incidentInput.omit(alone).extend({ name: z.literal('link_incident') }),
  rejectInput.omit(alone).extend({ name: z.literal('reject') }),
  answerInput.omit({ ...alone, photoIds: true }).extend({ name: z.literal('answer') }),
])
export type BulkAction = z.output<typeof bulkActionSchema>
export type BulkActionName = BulkAction['name']

const bulkActionNames = [
  'assign',
  'assign_person',
  'transfer',
  'change_category',
  'change_severity',
  'change_tags',
  'link_incident',
  'reject',
  'answer',
] as const satisfies readonly BulkActionName[]

/** The actions that a run can undo. */
export function isUndoable(action: BulkAction): action is Extract<BulkAction, { name: UndoableAct }> {
  // A rejection with an answer is withdrawn together with its answer, as long as that has not been sent.
  return canBeUndone(action.name) && (action.name !== 'reject' || action.answer !== '')
}

const reportIds = z.array(z.number().int().positive()).min(1).max(mostRows)

export const bulkPreviewInput = z.object({ reportIds, action: bulkActionSchema })
export type BulkPreviewInput = z.output<typeof bulkPreviewInput>

export const bulkTemplatesInput = z.object({ reportIds })

/**
 * `id` is made by the browser: a repeated request finds the run that it started. `expected`: how many reports the user
 * was told would change.
 */
export const startRunInput = bulkPreviewInput.extend({ id: z.uuid(), expected: z.number().int().nonnegative() })
export type StartRun = z.output<typeof startRunInput>

export const runInput = z.object({ id: z.uuid() })

export const rowFilters = ['all', 'changed', 'unwanted'] as const
export const runRowsInput = runInput.extend({
  show: z.enum(rowFilters).default('all'),
  after: z.number().int().nonnegative().default(0),
})

/** The same roles as for the single change. */
const makers: Record<BulkActionName, readonly string[]> = {
  assign: moveRules.assign.by,
  assign_person: moveRules.assign_person.by,
  transfer: moveRules.transfer.by,
  change_category: reportActs.change_category,
  change_severity: reportActs.change_severity,
  change_tags: reportActs.change_tags,
  link_incident: reportActs.link_incident,
  reject: moveRules.reject.by,
  answer: moveRules.answer.by,
}

/** The actions to offer to a user with these roles, own or by substitution. */
export const bulkActionsFor = (roles: readonly string[]): BulkActionName[] =>
  bulkActionNames.filter((name) => makers[name].some((maker) => roles.includes(maker)))
