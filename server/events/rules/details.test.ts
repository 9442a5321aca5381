import { expect, test } from 'vitest'
import { detailsOf } from './details.ts'

test.each([
  [
    'a state, though the database gives where it went first',
    { to: 'approved', from: 'in_review', revision: 3 },
    [
      { field: null, before: 'in_review', after: 'approved', isChange: true },
      { field: 'revision', value: 3, isChange: false },
    ],
  ],
  [
    'an agency that handed a report on, and why',
    { from: 'tree-company', reason: 'Đúng thẩm quyền', agencyId: 'ward' },
    [
      { field: 'reason', value: 'Đúng thẩm quyền', isChange: false },
      { field: 'agencyId', before: 'tree-company', after: 'ward', isChange: true },
    ],
  ],
  [
    'a field of an account',
    { changes: { position: { to: 'Phó Chủ tịch', from: 'Công chức' } } },
    [{ field: 'position', before: 'Công chức', after: 'Phó Chủ tịch', isChange: true }],
  ],
  [
    'a pair as changes are kept',
    { severity: ['normal', 'urgent'] },
    [{ field: 'severity', before: 'normal', after: 'urgent', isChange: true }],
  ],
])('the value before comes before the value after: %s', (_, details, told) => {
  expect(detailsOf(details)).toEqual(told)
})

test('an unchanged or missing value is not shown', () => {
  expect(detailsOf({ to: 'draft', from: 'draft', reason: null, remarks: undefined })).toEqual([])
})

test('an origin is shown even where no destination is given', () => {
  expect(detailsOf({ from: 'ward' })).toEqual([{ field: 'from', value: 'ward', isChange: false }])
})

test('something created has no origin', () => {
  expect(detailsOf({ to: 'draft' })).toEqual([{ field: null, value: 'draft', isChange: false }])
})

test('two entries of a list are not a change from one to the other', () => {
  const roles = [{ role: 'officer' }, { role: 'approver' }]
  expect(detailsOf({ roles })).toEqual([{ field: 'roles', value: roles, isChange: false }])
  expect(detailsOf({ mentions: ['a', 'b'] })).toEqual([{ field: 'mentions', value: ['a', 'b'], isChange: false }])
  expect(detailsOf({ tags: [['bão'], null] })).toEqual([
    { field: 'tags', before: ['bão'], after: null, isChange: true },
  ])
})
