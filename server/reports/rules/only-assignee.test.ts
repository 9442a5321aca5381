import { expect, test } from 'vitest'
import type { Actor, Role } from '#server/accounts/rules/actor.ts'
import { isAnothersToAnswer, mayHold } from './only-assignee.ts'

const held = (role: Role, agencyId: string, over: Partial<Actor['grants'][number]> = {}) => ({
  role,
  agencyId,
  agencyIds: [agencyId, 'ward'],
  cityWide: false,
  ...over,
})
const minh = (...grants: Actor['grants']): Actor => ({ kind: 'staff', id: 'minh', name: 'Minh', grants })
const officer = minh(held('officer', 'ward'))
const inPlaceOf = (onBehalfOf: string): Actor => ({ ...officer, onBehalfOf })

test.each<[string, Actor, boolean, string | null, boolean]>([
  ['a colleague’s, where the agency says so', officer, true, 'lan', true],
  ['a colleague’s, where it does not', officer, false, 'lan', false],
  ['one’s own', officer, true, 'minh', false],
  ['nobody’s', officer, true, null, false],
  ['hers for whom one stands in', inPlaceOf('lan'), true, 'lan', false],
  ['a colleague’s, while one stands in for another', inPlaceOf('hoa'), true, 'lan', true],
  ['one’s own, while one stands in for another', inPlaceOf('hoa'), true, 'minh', false],
])('only another account may answer: %s', (_, actor, onlyAssigneeAnswers, assigneeId, expected) => {
  expect(isAnothersToAnswer(actor, { assigneeId, onlyAssigneeAnswers })).toBe(expected)
})

const substituteFor = { id: 'lan', name: 'Lan' }
test.each<[string, Actor, string | null, boolean]>([
  ['an officer of the agency', officer, 'ward', true],
  ['its approver', minh(held('approver', 'ward')), 'ward', true],
  ['a manager of the agency', minh(held('manager', 'ward')), 'ward', false],
  ['an approver from above', minh(held('approver', 'city', { cityWide: true })), 'ward', false],
  ['who substitutes the role', minh(held('officer', 'ward', { substituteFor })), 'ward', false],
  ['an officer, where no agency has it', officer, null, false],
])('who may be assigned a report: %s', (_, actor, agencyId, expected) => {
  expect(mayHold(actor, agencyId)).toBe(expected)
})
