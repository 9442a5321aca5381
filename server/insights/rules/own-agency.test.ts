import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { messagesOf } from '#messages/catalog.ts'
import type { Actor, Grant, Role } from '#server/accounts/rules/actor.ts'
import { coordinatedOf, coordinatedWords } from './coordinated.ts'
import { noBoardFilters } from './filters.ts'
import { issuedScopeOf } from './issued.ts'
import { ownAgency, ownFirst } from './own-agency.ts'
import { agencyOfToday } from './today.ts'
import type { Say } from './weekly-words.ts'

const grant = (role: Role, agencyId: string, below: readonly string[] = []): Grant => ({
  role,
  agencyId,
  agencyIds: [agencyId, ...below],
  cityWide: agencyId === 'city',
})
const holding = (...grants: Grant[]): Actor => ({ kind: 'staff', id: '1', name: 'Bà Mai', grants })

const accounts: [string, Actor, string | null, string[] | null][] = [
  ['the leader of the city', holding(grant('manager', 'city')), null, null],
  ['a dispatcher of the city', holding(grant('dispatcher', 'city')), null, null],
  ['the head of an agency', holding(grant('approver', 'b', ['a'])), 'b', ['a', 'b']],
  ['who handles for one agency and leads another', holding(grant('officer', 'a'), grant('manager', 'c')), 'c', ['c']],
  ['a head who dispatches for the city', holding(grant('dispatcher', 'city'), grant('approver', 'c')), 'c', ['c']],
  ['an officer', holding(grant('officer', 'a')), 'a', ['a']],
  ['a program', { kind: 'robot', id: null, name: 'robot', grants: [] }, null, null],
]

test.for(accounts)('%s reads of its own agency first, and everything where it asks for it', ([, actor, own, ids]) => {
  expect(ownAgency(actor)).toBe(own)
  expect(issuedScopeOf(actor)).toEqual(ids)
  expect(ownFirst(actor, noBoardFilters)).toEqual({ ...noBoardFilters, agency: own })
  expect(ownFirst(actor, { ...noBoardFilters, agency: 'd' }).agency).toBe('d')
  expect(ownFirst(actor, { ...noBoardFilters, whose: 'seen' }).agency).toBeNull()
  // The page of the morning is of the same agency.
  if (actor.grants.some(({ role }) => role === 'manager' || role === 'approver'))
    expect(agencyOfToday(actor, null)).toBe(own)
})

test('what is only coordinated names who is responsible, with most of it first', () => {
  const say = createTranslator({ locale: 'vi', messages: messagesOf('vi') }) as unknown as Say
  const names = new Map(['a', 'b', 'c', 'd'].map((id) => [id, { id, name: `Sở ${id}`, shortName: id }]))
  const wordsOf = (...counts: [string | null, number][]) => {
    const told = coordinatedOf(
      counts.map(([agency, count]) => ({ agency, count })),
      names,
      new Date(),
    )
    return told && coordinatedWords(told, say)
  }
  expect(wordsOf()).toBeNull()
  expect(wordsOf(['b', 12])).toBe('Phối hợp: 12 phản ánh đang mở, không tính vào các số liệu này; chủ trì: Sở b (12)')
  expect(wordsOf(['a', 1], [null, 2], ['b', 4], ['c', 1], ['d', 1])).toBe(
    'Phối hợp: 9 phản ánh đang mở, không tính vào các số liệu này; chủ trì: Sở b (4), Chưa giao đơn vị nào (2), Sở a (1), 2 đơn vị khác (2)',
  )
})
