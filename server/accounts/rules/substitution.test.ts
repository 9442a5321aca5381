import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor, Grant, Role } from './actor.ts'
import { holds } from './actor.ts'
import {
  bestCapacity,
  capacitiesOf,
  capacityFor,
  isInForce,
  longestSubstitutionDays,
  onlyAs,
  refusalReasonForSubstitution,
  shareAPerson,
} from './substitution.ts'

const grant = (role: Role, substituteFor?: string): Grant => ({
  role,
  agencyId: 'ward',
  agencyIds: ['ward'],
  cityWide: false,
  ...(substituteFor && { substituteFor: { id: substituteFor, name: substituteFor } }),
})
const actor = (...grants: Grant[]): Actor => ({ kind: 'staff', id: 'lan', name: 'Lan', grants })
const may = (role: Role) => (way: Actor) => holds(way, role, 'ward')

describe('an account acts', () => {
  test.each([
    ['by its own role', [grant('officer')], 'officer', null],
    ['by its own role though it substitutes the same', [grant('officer', 'hung'), grant('officer')], 'officer', null],
    ['in the place of the holder of the role', [grant('officer'), grant('approver', 'hung')], 'approver', 'hung'],
    [
      'in place of the one whose role it takes',
      [grant('officer', 'mai'), grant('approver', 'hung')],
      'approver',
      'hung',
    ],
  ] as const)('%s', (_, grants, role, onBehalfOf) =>
    expect(capacityFor(actor(...grants), may(role))).toMatchObject({ id: 'lan', onBehalfOf }),
  )

  test('not by roles that it neither has nor substitutes', () => {
    expect(capacityFor(actor(grant('officer'), grant('approver', 'hung')), may('dispatcher'))).toBeNull()
  })

  test('for another holder if it may not judge the work of the first', () => {
    const twice = actor(grant('approver', 'hung'), grant('approver', 'mai'))
    const refusalReasonTo = (way: Actor) => (shareAPerson({ id: 'hung' }, way) ? 'own_answer' : null)
    const judge = (way: Actor) => (holds(way, 'approver', 'ward') ? refusalReasonTo(way) : 'forbidden')
    expect(bestCapacity(twice, judge)).toMatchObject({ capacity: { onBehalfOf: 'mai' }, refusalReason: null })
    const once = actor(grant('approver', 'hung'))
    expect(bestCapacity(once, judge).refusalReason).toBe('own_answer')
  })
})

test('an account acts in one capacity only where that is asked', () => {
  const lan = actor(grant('officer'), grant('officer', 'mai'), grant('approver', 'hung'))
  const as = (onBehalfOf: string | null, role: Role) => capacityFor(onlyAs(lan, onBehalfOf), may(role))
  expect([as(null, 'officer')?.onBehalfOf, as('mai', 'officer')?.onBehalfOf]).toEqual([null, 'mai'])
  expect([as(null, 'approver'), as('mai', 'approver'), as('ended', 'officer')]).toEqual([null, null, null])
})

describe('two actions are the work of two persons', () => {
  test.each([
    ['of two accounts', { id: 'lan' }, { id: 'hung' }, false],
    ['not of one account', { id: 'lan' }, { id: 'lan' }, true],
    ['not where it stood in once', { id: 'lan' }, { id: 'lan', onBehalfOf: 'hung' }, true],
    ['not in the place of whoever did the first', { id: 'hung' }, { id: 'lan', onBehalfOf: 'hung' }, true],
    ['not by whoever the first was done for', { id: 'lan', onBehalfOf: 'hung' }, { id: 'hung' }, true],
    ['not where both stand in for one', { id: 'lan', onBehalfOf: 'hung' }, { id: 'mai', onBehalfOf: 'hung' }, true],
    ['of four', { id: 'lan', onBehalfOf: 'hung' }, { id: 'mai', onBehalfOf: 'duc' }, false],
    ['of nobody and nobody', { id: null }, { id: null, onBehalfOf: null }, false],
  ])('%s', (_, one, other, shared) => expect(shareAPerson(one, other)).toBe(shared))

  const person = fc.constantFrom('lan', 'hung', 'mai', null)
  const behind = fc.record({ id: person, onBehalfOf: person })
  test('regardless of their order, and no one ever judges their own work', () => {
    fc.assert(
      fc.property(behind, behind, (one, other) => {
        expect(shareAPerson(one, other)).toBe(shareAPerson(other, one))
        const everybody = [one.id, one.onBehalfOf].filter((id) => id !== null)
        const judges = new Set([other.id, other.onBehalfOf])
        expect(shareAPerson(one, other)).toBe(everybody.some((id) => judges.has(id)))
      }),
    )
  })
})

test('every capacity has only own roles and those of one holder, and together they have all', () => {
  const grants = fc.array(
    fc.record({
      role: fc.constantFrom<Role>('officer', 'approver', 'manager'),
      substituted: fc.constantFrom(undefined, 'hung', 'mai'),
    }),
  )
  fc.assert(
    fc.property(grants, (drawn) => {
      const whole = actor(...drawn.map(({ role, substituted }) => grant(role, substituted)))
      const ways = capacitiesOf(whole)
      for (const { grants, onBehalfOf } of ways) {
        expect(grants.every(({ substituteFor }) => !substituteFor || substituteFor.id === onBehalfOf)).toBe(true)
      }
      expect(new Set(ways.flatMap(({ grants }) => grants))).toEqual(new Set(whole.grants))
      for (const role of ['officer', 'approver', 'manager'] as const) {
        expect(capacityFor(whole, may(role)) !== null).toBe(holds(whole, role, 'ward'))
      }
    }),
  )
})

describe('a role is substituted', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 2, n))
  const hung = { id: 'hung', agencyId: 'ward', isActive: true, roles: [grant('approver'), grant('admin')] }
  const lan = { id: 'lan', agencyId: 'ward', isActive: true }
  const substitution = { holder: hung, standIn: lan, role: 'approver' as Role, agencyId: 'ward' }
  const span = { startsAt: day(2), endsAt: day(9), now: day(1) }

  test.each([
    ['to a colleague', {}, null],
    ['not to oneself', { standIn: hung }, 'own_stand_in'],
    ['not to another agency', { standIn: { ...lan, agencyId: 'other' } }, 'stand_in_elsewhere'],
    ['not to who is shut out', { standIn: { ...lan, isActive: false } }, 'account_inactive'],
    ['not by who is shut out', { holder: { ...hung, isActive: false } }, 'account_inactive'],
    ['not where it is not held', { role: 'officer' as Role }, 'role_not_held'],
    ['not elsewhere than it is held', { agencyId: 'other' }, 'role_not_held'],
    ['not that of an administrator', { role: 'admin' as Role }, 'role_not_lendable'],
    ['not for a time that is over', { now: day(9) }, 'loan_is_over'],
    ['not backwards', { endsAt: day(2) }, 'loan_is_over'],
    ['not for ever', { endsAt: day(3 + longestSubstitutionDays) }, 'loan_too_long'],
  ])('%s', (_, other, refusalReason) =>
    expect(refusalReasonForSubstitution({ ...substitution, ...span, ...other })).toBe(refusalReason),
  )

  test.each([
    ['not before its first instant', day(1), null, false],
    ['from its first instant', day(2), null, true],
    ['not at its last', day(9), null, false],
    ['not once it was taken back', day(3), day(3), false],
  ])('%s', (_, now, revokedAt, inForce) => expect(isInForce({ ...span, revokedAt }, now)).toBe(inForce))
})
