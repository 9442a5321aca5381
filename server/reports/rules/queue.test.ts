import { describe, expect, test } from 'vitest'
import type { Actor, Role } from '#server/accounts/rules/actor.ts'
import {
  firstViewFor,
  isFiltered,
  isOpenOnly,
  orderOf,
  queueOf,
  queueViews,
  sortsFor,
  statesOf,
  viewsFor,
} from './queue.ts'

const staff = (...roles: [Role, boolean][]): Actor => ({
  kind: 'staff',
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Lan',
  grants: roles.map(([role, cityWide]) => ({ role, cityWide, agencyId: 'a', agencyIds: ['a'] })),
})
const dispatcher = staff(['dispatcher', true])
const officer = staff(['officer', false])
const approver = staff(['approver', false])
const cityManager = staff(['manager', true])
const editor = staff(['editor', true])

describe('views', () => {
  test('a dispatcher sees new and returned reports, but has no agency view and nothing to follow up', () => {
    expect(viewsFor(dispatcher)).toEqual(
      queueViews.filter((view) => !['my_agency', 'stand_in', 'committed'].includes(view)),
    )
  })
  test('an officer sees the work of the agency, not what waits at the city', () => {
    expect(viewsFor(officer)).toEqual(
      queueViews.filter((view) => !['awaiting_intake', 'referee', 'stand_in'].includes(view)),
    )
  })
  test('a city manager only reads, and so has no work view', () => {
    expect(viewsFor(cityManager)).not.toContain('mine')
    expect(viewsFor(cityManager)).toContain('awaiting_intake')
  })
  test('an editor has no queue', () => expect(viewsFor(editor)).toEqual([]))
  test.each([
    ['dispatcher', dispatcher, 'awaiting_intake'],
    ['approver', approver, 'awaiting_approval'],
    ['officer', officer, 'my_agency'],
    ['manager', cityManager, 'open'],
  ] as const)('the first view of a %s is %s', (_, actor, view) => expect(firstViewFor(actor)).toBe(view))
})

describe('states', () => {
  test('a filter replaces the default states of a view', () => {
    expect(statesOf(queueOf('mine', { states: ['closed'] }))).toEqual(['closed'])
  })
  test('but only narrows a view that is about a state', () => {
    expect(statesOf(queueOf('awaiting_intake', { states: ['closed'] }))).toEqual([])
    expect(statesOf(queueOf('awaiting_intake', { states: ['closed', 'awaiting_intake'] }))).toEqual(['awaiting_intake'])
  })
  test('a list is of open reports only if it contains no closed state', () => {
    expect(isOpenOnly(queueOf('open'))).toBe(true)
    expect(isOpenOnly(queueOf('all'))).toBe(false)
    expect(isOpenOnly(queueOf('all', { states: ['in_progress'] }))).toBe(true)
    expect(isOpenOnly(queueOf('open', { states: ['answered'] }))).toBe(false)
  })
})

describe('order', () => {
  test('open reports are sorted by deadline, all reports by receipt, a search by match', () => {
    expect(orderOf(queueOf('open'))).toEqual({ sort: 'due', dir: 'asc' })
    expect(orderOf(queueOf('awaiting_intake'))).toEqual({ sort: 'urgency', dir: 'asc' })
    expect(orderOf({ ...queueOf('open'), sort: 'urgency' })).toEqual({ sort: 'due', dir: 'asc' })
    expect(orderOf(queueOf('all'))).toEqual({ sort: 'received', dir: 'desc' })
    expect(orderOf(queueOf('all', { words: 'cây đổ' }))).toEqual({ sort: 'match', dir: 'asc' })
  })
  test('a chosen order is kept', () => {
    expect(orderOf({ ...queueOf('open'), sort: 'area' })).toEqual({ sort: 'area', dir: 'asc' })
    expect(orderOf({ ...queueOf('open'), sort: 'area', dir: 'desc' })).toEqual({ sort: 'area', dir: 'desc' })
  })
  test('an unbounded list allows only the orders that an index supports', () => {
    expect(sortsFor(queueOf('all'))).toEqual(['received', 'code'])
    expect(orderOf({ ...queueOf('all'), sort: 'area' })).toEqual({ sort: 'received', dir: 'desc' })
  })
  test('order by match is ignored where nothing is searched', () => {
    expect(orderOf({ ...queueOf('open'), sort: 'match' })).toEqual({ sort: 'due', dir: 'asc' })
  })
})

test('the order is no filter', () => {
  expect(isFiltered({ ...queueOf('open'), sort: 'area', dir: 'desc' })).toBe(false)
  expect(isFiltered(queueOf('open', { tags: ['yagi'] }))).toBe(true)
  expect(isFiltered(queueOf('open', { photo: false }))).toBe(true)
})
