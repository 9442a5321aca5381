import { describe, expect, test } from 'vitest'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { knownDuring } from './hold.ts'
import type { ReportState } from './lifecycle.ts'

const someone = (agencyIds: string[], cityWide = false): Actor => ({
  kind: 'staff',
  id: 'account-1',
  name: 'Lan',
  grants: [{ role: cityWide ? 'dispatcher' : 'approver', agencyId: agencyIds[0] ?? '', agencyIds, cityWide }],
})
const desk = someone(['city'], true)

const at = (state: ReportState, agencyId: string | null, heldBy: string[] = agencyId ? [agencyId] : []) => ({
  state,
  agencyId,
  heldBy,
})
const known = (actor: Actor, before: ReturnType<typeof at> & { known?: string[] }, after: ReturnType<typeof at>) =>
  knownDuring(actor, { known: null, ...before }, after)

describe('while a decision can be taken back, the report is known', () => {
  test('only to the desk, if it is assigned for the first time', () => {
    expect(known(desk, at('awaiting_intake', null), at('awaiting_acceptance', 'a', ['a', 'partner']))).toEqual([])
  })

  test('to the agencies that had it before, if it is transferred', () => {
    const after = at('awaiting_acceptance', 'b', ['a', 'b'])
    expect(known(someone(['a']), at('in_progress', 'a'), after)).toEqual(['a'])
  })

  test('not to an agency that had it long ago and now gets it again', () => {
    const before = at('awaiting_intake', null, ['a', 'c'])
    expect(known(desk, before, at('awaiting_acceptance', 'a', ['a', 'c']))).toEqual(['c'])
  })

  test('not to the agency for which the desk reopens it; but to an agency that reopens its own', () => {
    const [closed, open] = [at('closed', 'a'), at('in_progress', 'a')]
    expect(known(desk, closed, open)).toEqual([])
    expect(known(someone(['a']), closed, open)).toBeNull()
  })

  test('to all, if it comes to no one new', () => {
    expect(known(someone(['a']), at('awaiting_acceptance', 'a'), at('in_progress', 'a'))).toBeNull()
    expect(known(someone(['a']), at('in_progress', 'a'), at('awaiting_intake', null, ['a']))).toBeNull()
  })

  test('to no more than before, if a decision before it can still be taken back', () => {
    const before = { ...at('awaiting_acceptance', 'a'), known: [] }
    expect(known(desk, before, at('awaiting_acceptance', 'b', ['a', 'b']))).toEqual([])
    expect(known(desk, before, at('awaiting_acceptance', 'a'))).toEqual([])
  })
})
