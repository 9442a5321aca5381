import { describe, expect, test } from 'vitest'
import { inTreeOrder, refusalReasonForEnding, refusalReasonForPlace, type TreeAgency } from './tree.ts'

const agency = (id: string, parentId: string | null, more: Partial<TreeAgency> = {}): TreeAgency => ({
  id,
  parentId,
  validFrom: null,
  validTo: null,
  ...more,
})
const list = [
  agency('city', null),
  agency('department', 'city', { validFrom: '2025-03-01' }),
  agency('unit', 'department'),
  agency('ward', 'city'),
  agency('district', 'city', { validTo: '2025-06-30' }),
  agency('old-ward', 'district', { validTo: '2025-06-30' }),
]
const tree = new Map(list.map((each) => [each.id, each]))
const today = '2026-03-02'

describe('an agency is placed below another', () => {
  test.each([
    ['a new one below any in office', null, 'ward', null],
    ['not without one above', null, null, 'parent_needed'],
    ['not below what there is not', null, 'nowhere', 'parent_needed'],
    ['moved elsewhere', 'unit', 'ward', null],
    ['not below itself', 'unit', 'unit', 'agency_below_itself'],
    ['not below one of its own', 'department', 'unit', 'agency_below_itself'],
    ['not below one that has ended', 'ward', 'district', 'parent_ended'],
    ['where it stood when that ended', 'old-ward', 'district', null],
    ['the city below none', 'city', 'ward', 'city_stays'],
    ['the city where it is', 'city', null, null],
  ])('%s', (_, id, parentId, refusalReason) =>
    expect(refusalReasonForPlace(id, parentId, tree, today)).toBe(refusalReason),
  )
})

describe('an agency ends', () => {
  const ending = (id: string, validTo: string, successorId: string | null, openReports: number) =>
    refusalReasonForEnding({ agency: tree.get(id) as TreeAgency, validTo, successorId, tree, openReports })

  test.each([
    ['with a successor for its open reports', 'ward', '2026-03-31', 'unit', 12, null],
    ['without one when nothing is open', 'ward', '2026-03-31', null, 0, null],
    ['not without one while reports are open', 'ward', '2026-03-31', null, 1, 'successor_needed'],
    ['not into itself', 'ward', '2026-03-31', 'ward', 0, 'successor_not_in_office'],
    ['not into one that has ended by then', 'ward', '2026-03-31', 'district', 0, 'successor_not_in_office'],
    ['on the day before its successor begins', 'ward', '2025-02-28', 'department', 3, null],
    ['not earlier than that', 'ward', '2025-02-27', 'department', 3, 'successor_not_in_office'],
    ['not before it began', 'department', '2025-02-28', null, 0, 'ends_before_it_begins'],
    ['not while others below it go on', 'department', '2026-03-31', 'ward', 0, 'agencies_below'],
    ['with those below it', 'district', '2025-06-30', 'ward', 0, null],
    ['but never the city', 'city', '2026-03-31', 'ward', 0, 'city_stays'],
  ])('%s', (_, id, validTo, successorId, open, refusalReason) =>
    expect(ending(id, validTo, successorId, open)).toBe(refusalReason),
  )
})

test('the tree is listed from the top, each below its parent; one without a known parent is at the top', () => {
  const told = inTreeOrder(list.filter(({ id }) => id !== 'department'))
  expect(told.map(({ agency: { id }, depth }) => [id, depth])).toEqual([
    ['city', 0],
    ['ward', 1],
    ['district', 1],
    ['old-ward', 2],
    ['unit', 0],
  ])
})
