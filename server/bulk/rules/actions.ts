import * as z from 'zod/mini'
import { moveRules } from '#server/reports/rules/lifecycle.ts'
import { fitsOutcome } from '#server/reports/rules/outcome.ts'
import { reportActs } from '#server/reports/rules/policy.ts'
import {
  answerFields,
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
  z.extend(z.pick(assignInput, { agencyId: true, note: true }), { name: z.literal('assign') }),
  z.extend(z.omit(assignPersonInput, alone), { name: z.literal('assign_person') }),
  z.extend(z.omit(transferInput, alone), { name: z.literal('transfer') }),
  z.extend(z.omit(categoryInput, alone), { name: z.literal('change_category') }),
  z.extend(z.omit(severityInput, alone), { name: z.literal('change_severity') }),
  z
    .object({ name: z.literal('change_tags'), add: tags, remove: tags })
    .check(z.refine(({ add, remove }) => add.length + remove.length > 0, { path: ['add'], message: 'required' })),
  z.extend(z.omit(incidentInput, alone), { name: z.literal('link_incident') }),
  z.extend(z.omit(rejectInput, alone), { name: z.literal('reject') }),
  z.extend(answerFields, { name: z.literal('answer') }).check(...fitsOutcome),
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

const reportIds = z.array(z.number().check(z.int(), z.positive())).check(z.minLength(1), z.maxLength(mostRows))

export const bulkPreviewInput = z.object({ reportIds, action: bulkActionSchema })
export type BulkPreviewInput = z.output<typeof bulkPreviewInput>

export const bulkTemplatesInput = z.object({ reportIds })

/**
 * `id` is made by the browser: a repeated request finds the run that it started. `expected`: how many reports the user
 * was told would change.
 */
export const startRunInput = z.extend(bulkPreviewInput, {
  id: z.uuid(),
  expected: z.number().check(z.int(), z.nonnegative()),
})
export type StartRun = z.output<typeof startRunInput>

export const runInput = z.object({ id: z.uuid() })

export const rowFilters = ['all', 'changed', 'unwanted'] as const
export const runRowsInput = z.extend(runInput, {
  show: z._default(z.enum(rowFilters), 'all'),
  after: z._default(z.number().check(z.int(), z.nonnegative()), 0),
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
