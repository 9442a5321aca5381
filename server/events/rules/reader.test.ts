import { expect, test } from 'vitest'
import { type Reader, readingScopeOf } from './reader.ts'

const staff = (...grants: Reader['grants'][number][]): Reader => ({ kind: 'staff', id: 'x', grants })

test('an auditor of the city reads the whole log', () => {
  expect(readingScopeOf(staff({ role: 'auditor', cityWide: true, agencyIds: ['city'] }))).toBe('all')
})

test('an admin of an agency reads the log of that agency and those below it', () => {
  const reader = staff(
    { role: 'admin', cityWide: false, agencyIds: ['a', 'b'] },
    { role: 'officer', cityWide: false, agencyIds: ['c'] },
  )
  expect(readingScopeOf(reader)).toEqual(['a', 'b'])
})

test('no other role reads the log', () => {
  for (const role of ['dispatcher', 'officer', 'approver', 'manager', 'editor', 'chief_editor']) {
    expect(() => readingScopeOf(staff({ role, cityWide: true, agencyIds: [] }))).toThrow('forbidden')
  }
  expect(() => readingScopeOf({ kind: 'import', id: null, grants: [] })).toThrow('forbidden')
})
