import { describe, expect, test } from 'vitest'
import { fixed } from '#db/factories/outcomes.ts'
import type { BulkAction } from './actions.ts'
import { bulkActionsFor, isUndoable } from './actions.ts'
import { refusalReasonForUndo, runsInBackground } from './run.ts'
import { type Before, inverseOf, tagsAfter } from './undo.ts'

const before: Before = {
  assigneeId: 'a',
  categoryCode: 'CX-01',
  severity: 'normal',
  tags: ['cũ', 'bão'],
  incidentId: null,
  needsApproval: true,
}
const reject = (answer: string): BulkAction => ({ name: 'reject', reason: 'out_of_scope', answer })
const answer: BulkAction = { name: 'answer', what: 'Đã xong', where: 'Hà Nội', when: 'Hôm nay', ...fixed, next: '' }

test.each([
  [
    'dispatcher',
    ['assign', 'transfer', 'change_category', 'change_severity', 'change_tags', 'link_incident', 'reject'],
  ],
  ['officer', ['assign_person', 'change_category', 'change_tags', 'answer']],
  ['approver', ['assign_person', 'transfer', 'change_category', 'change_severity', 'change_tags', 'answer']],
  ['manager', []],
])('a %s is offered what the single changes allow', (role, offered) => {
  expect(bulkActionsFor([role])).toEqual(offered)
})

describe('undo', () => {
  test.each<[string, BulkAction, unknown]>([
    ['a category', { name: 'change_category', categoryCode: 'DG-01' }, { name: 'undo' }],
    ['labels', { name: 'change_tags', add: ['mới'], remove: ['cũ'] }, { name: 'undo' }],
    ['a person', { name: 'assign_person', accountId: null }, { name: 'undo' }],
    ['a refusal with words', reject('Xin gửi nơi khác'), { name: 'withdraw_answer' }],
    ['a refusal without', reject(''), null],
    ['an assignment', { name: 'assign', agencyId: 'x', note: '' }, { name: 'take_back' }],
    ['a transfer', { name: 'transfer', agencyId: 'x', reason: 'y' }, { name: 'take_back' }],
    ['an answer that waits for its approver', answer, { name: 'take_back' }],
  ])('of %s', (_, action, inverse) => expect(inverseOf(action, before)).toEqual(inverse))

  test('is announced beforehand: a refusal without an answer has none', () => {
    expect([answer, reject('x'), reject('')].map(isUndoable)).toEqual([true, true, false])
    expect(isUndoable({ name: 'transfer', agencyId: 'x', reason: 'y' })).toBe(true)
  })

  const run = { state: 'done', finishedAt: new Date(0), changed: 3, isUndoable: true } as const
  test.each([
    [{}, 15, null],
    [{}, 30, 'bulk_undo_over'],
    [{ state: 'running' as const, finishedAt: null }, 1, 'bulk_wrong_state'],
    [{ state: 'cancelled' as const }, 1, null],
    [{ changed: 0 }, 1, 'bulk_nothing_to_undo'],
    [{ isUndoable: false }, 1, 'bulk_not_undoable'],
  ])('%j after %i s: %s', (change, seconds, refusalReason) => {
    expect(refusalReasonForUndo({ ...run, ...change }, new Date(seconds * 1000))).toBe(refusalReason)
  })
})

test('labels are added and removed, each once and in their order', () => {
  expect(tagsAfter(['a', 'b'], { add: ['c', 'a'], remove: ['b'] })).toEqual(['a', 'c'])
})

test('two hundred are done at once, one more in the background', () => {
  expect([200, 201].map(runsInBackground)).toEqual([false, true])
})
