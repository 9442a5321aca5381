import { expect, test } from 'vitest'
import { assertNotBegun, versionInForce } from './hours-versions.ts'

const usual = { validFrom: '2024-01-01', validTo: null }
const summer = { validFrom: '2026-06-01', validTo: '2026-08-31' }

test('of two valid versions, the one that began later applies, and then the earlier one again', () => {
  const versions = [summer, usual]
  expect(versionInForce(versions, '2023-12-31')).toBeUndefined()
  expect(versionInForce(versions, '2026-05-31')).toBe(usual)
  expect(versionInForce(versions, '2026-06-01')).toBe(summer)
  expect(versionInForce(versions, '2026-08-31')).toBe(summer)
  expect(versionInForce(versions, '2026-09-01')).toBe(usual)
})

test('hours may begin tomorrow, not today', () => {
  expect(() => assertNotBegun({ validFrom: '2026-11-24', validTo: null }, '2026-11-24')).toThrow('hours_have_begun')
  expect(() => assertNotBegun({ validFrom: '2026-11-25', validTo: null }, '2026-11-24')).not.toThrow()
})
